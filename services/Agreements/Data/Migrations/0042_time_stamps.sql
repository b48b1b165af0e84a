-- When a time-stamp authority says that the seal of an original was there. One that was sealed without stays without.
ALTER TABLE original_file ADD COLUMN stamp_time timestamptz;
