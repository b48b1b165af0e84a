-- Whom the register of organisations has closed an organisation to, whatever their token says.
CREATE TABLE closed_representation (
    municipality text NOT NULL,
    representative_key text NOT NULL,
    closed boolean NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (municipality, representative_key)
);
SELECT wall_off('closed_representation');
GRANT SELECT, INSERT, UPDATE ON closed_representation TO {service_role};
