-- A retired version keeps its files and predictions, and no alias points to it again.
ALTER TABLE model_version ADD COLUMN retired_at timestamptz;
