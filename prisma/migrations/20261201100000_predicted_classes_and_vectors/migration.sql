-- What model versions predict besides labels, and indexes to filter and order stars by it. Units: prisma/schema.prisma.

-- Stars by a label's value: a range, or a page in its order, is one walk along this index.
CREATE INDEX predicted_label_value ON predicted_label (model_version_id, release, label, value, source_id);

CREATE TABLE predicted_class (
  model_version_id integer NOT NULL,
  release smallint NOT NULL,
  source_id bigint NOT NULL,
  output text NOT NULL,
  class text NOT NULL,
  probability real NOT NULL,
  probabilities real[] NOT NULL,
  flags integer NOT NULL DEFAULT 0,
  PRIMARY KEY (model_version_id, release, source_id, output)
) PARTITION BY LIST (model_version_id);
CREATE INDEX predicted_class_probability ON predicted_class (model_version_id, release, output, class, probability, source_id);

CREATE TABLE predicted_vector (
  model_version_id integer NOT NULL,
  release smallint NOT NULL,
  source_id bigint NOT NULL,
  output text NOT NULL,
  vector real[] NOT NULL,
  flags integer NOT NULL DEFAULT 0,
  PRIMARY KEY (model_version_id, release, source_id, output)
) PARTITION BY LIST (model_version_id);

-- pgvector where the server has it and this role may create it; arrays, which are searched exactly, where not.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS vector;
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege THEN
  RAISE NOTICE 'pgvector is not available: predicted vectors are kept as arrays and searched exactly';
END
$$;
DO $$
BEGIN
  IF to_regtype('vector') IS NOT NULL THEN
    ALTER TABLE predicted_vector ALTER COLUMN vector TYPE vector USING vector::vector;
  END IF;
END
$$;

-- Versions that are registered already.
DO $$
DECLARE id integer; kind text;
BEGIN
  FOR id, kind IN SELECT v.id, k FROM model_version v CROSS JOIN unnest(ARRAY['predicted_class', 'predicted_vector']) k LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s)', kind || '_v' || id, kind, id);
  END LOOP;
END
$$;
