-- How many people baseline and target of an indicator tell about. What was set before is asked for when it is next changed.

ALTER TABLE indicator
    ADD COLUMN baseline_group_size integer NOT NULL DEFAULT 0,
    ADD COLUMN target_group_size integer NOT NULL DEFAULT 0;
