"""Whether files of LandXML are valid by its schema.

Usage: python3 landxml_valid.py FOLDER_OR_FILE... SCHEMA

All *.xml of a folder are read. Prints the first mistakes of each file that is not valid, and
fails if there is one, or no file at all. Needs `pip install lxml`; tried with lxml 6.0.
"""

import sys
from pathlib import Path

from lxml import etree


def files(arguments):
    for argument in map(Path, arguments):
        yield from sorted(argument.glob("*.xml")) if argument.is_dir() else [argument]


def main(arguments):
    *places, schema_file = arguments
    schema = etree.XMLSchema(etree.parse(schema_file))
    seen, wrong = 0, 0
    for file in files(places):
        seen += 1
        if not schema.validate(etree.parse(str(file))):
            wrong += 1
            for error in list(schema.error_log)[:5]:
                print(f"{file}:{error.line}: {error.message}")
    print(f"{seen} files, {wrong} not valid")
    return 1 if wrong or not seen else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
