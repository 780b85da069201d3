"""The REST interface under /api/v1/: the resources of all rooms, and the schema that describes them."""
