"""What an index's readers ask of it beyond the ranking: how firm it is, whether it is sound, why a unit stands there."""
