CREATE TABLE note (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (municipality, id)
);
SELECT wall_off('note');
GRANT SELECT, INSERT, UPDATE ON note TO {service_role};

CREATE TABLE heard (
    municipality text NOT NULL,
    id uuid NOT NULL,
    subject text NOT NULL,
    sequence bigint NOT NULL,
    trace_id text NOT NULL,
    PRIMARY KEY (municipality, id)
);
SELECT wall_off('heard');
GRANT SELECT, INSERT ON heard TO {service_role};

CREATE TABLE chore (
    municipality text NOT NULL,
    id uuid NOT NULL,
    due_time timestamptz NOT NULL,
    poisoned boolean NOT NULL,
    times integer NOT NULL,
    done_in text NOT NULL,
    PRIMARY KEY (municipality, id)
);
SELECT wall_off('chore');
GRANT SELECT, INSERT, UPDATE ON chore TO {service_role};
CREATE POLICY every_tenant ON chore FOR SELECT TO {crosstenant_role} USING (true);
GRANT SELECT (municipality, due_time, times) ON chore TO {crosstenant_role};
