//! Places on the ellipsoid and on a plane: geodesics, transverse Mercator, UTM and local zones.
