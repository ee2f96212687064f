"""
JSON Schemas of what stands on the wire, made from the shapes that the converter reads.

Two passes: a shape is described without regard to a draft, and the description is written in JSON Schema 2020-12 or
draft-07. Only keywords are used that every validator and editor implements, and every schema compiles in Ajv's strict
mode. What is *structural* is here: keys, types, patterns, counts, enumerations. Real dates, zones, reserved words and
references are not: those are for `alliancekit.check` to say.
"""

from alliancekit.schema._drafts import file_name, make_part, make_schema, schema_id

__all__ = ["file_name", "make_part", "make_schema", "schema_id"]
