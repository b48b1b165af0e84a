-- A municipality's own mark on its copy of a document of an agreement that it has joined. The id is the document's, which lives with the lead.
CREATE TABLE document_mark (
    municipality text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    agreement uuid NOT NULL,
    confidentiality_mark jsonb,
    PRIMARY KEY (municipality, id)
);

SELECT wall_off('document_mark');
GRANT SELECT, INSERT ON document_mark TO {service_role};
GRANT UPDATE (confidentiality_mark, revision, update_time) ON document_mark TO {service_role};
