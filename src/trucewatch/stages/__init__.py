"""The eleven stages: pure functions from records to records and issues. They know no place, person or party."""
