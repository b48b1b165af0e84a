-- What is told of the content of two kinds of documents: the auditor's opinion, and who is on the list of the board.
ALTER TABLE document
    ADD COLUMN audit_opinion text,
    ADD COLUMN board_members jsonb;
