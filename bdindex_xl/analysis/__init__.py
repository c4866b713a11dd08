"""What readers ask of an index beyond the ranking: how firm it is, whether it is sound, why a unit stands there."""
