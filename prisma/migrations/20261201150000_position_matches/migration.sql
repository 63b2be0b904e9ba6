-- Matches by position: what is kept of each, and the work of `asterism crossmatch`. Units: prisma/schema.prisma.

ALTER TABLE catalogue_object ADD COLUMN position_error real;

ALTER TABLE crossmatch
  ADD COLUMN separation_error real,
  ADD COLUMN significance real,
  ADD COLUMN rank smallint,
  ADD COLUMN neighbours integer,
  ADD COLUMN mates integer,
  ADD COLUMN best_for_star boolean,
  ADD COLUMN radius real,
  ADD COLUMN flags integer NOT NULL DEFAULT 0;

-- Those that `asterism crossmatch` found: few catalogues have any, and every ingest asks.
CREATE INDEX crossmatch_position ON crossmatch (catalogue_id, object_id) WHERE radius IS NOT NULL;

CREATE TABLE crossmatch_job (
  catalogue_id smallint NOT NULL,
  release smallint NOT NULL,
  radius double precision NOT NULL,
  epoch double precision,
  position_error double precision,
  PRIMARY KEY (catalogue_id, release)
);

CREATE TABLE crossmatch_range (
  catalogue_id smallint NOT NULL,
  release smallint NOT NULL,
  first_object_id text NOT NULL,
  last_object_id text NOT NULL,
  objects integer NOT NULL,
  PRIMARY KEY (catalogue_id, release, first_object_id)
);

CREATE TABLE crossmatch_found (
  catalogue_id smallint NOT NULL,
  release smallint NOT NULL,
  object_id text NOT NULL,
  source_id bigint NOT NULL,
  separation double precision NOT NULL,
  separation_error double precision,
  significance double precision,
  unlikeliness double precision NOT NULL,
  neighbours integer NOT NULL,
  flags integer NOT NULL,
  PRIMARY KEY (catalogue_id, release, object_id)
);
