CREATE TABLE original_file (
    municipality text NOT NULL,
    agreement uuid NOT NULL,
    version integer NOT NULL,
    text_hash text NOT NULL,
    sha256 text NOT NULL,
    seal_certificate text NOT NULL,
    content bytea NOT NULL,
    create_time timestamptz NOT NULL,
    PRIMARY KEY (municipality, agreement, version)
);

-- A PDF does not shrink: kept as it is, it is read without being unpacked.
ALTER TABLE original_file ALTER COLUMN content SET STORAGE EXTERNAL;

SELECT wall_off('original_file');

-- Never changed and never made again: the parties have the same bytes for ever.
GRANT SELECT, INSERT ON original_file TO {service_role};
