"""Prints the JSON Schema of a reading: `make schema` keeps docs/reading.schema.json in step."""

import json

from onrecord.contract import schema

if __name__ == "__main__":
    print(json.dumps(schema(), indent=1))
