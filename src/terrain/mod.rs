//! Heights by place: grids read from GeoTIFF and hgt files.
