-- Aid that is given by another regulation than before is taken back there and reported anew.
ALTER TABLE state_aid_report ADD COLUMN withdrawal boolean NOT NULL DEFAULT false;
ALTER TABLE agreement_share ADD COLUMN reported_basis text NOT NULL DEFAULT 'Unspecified';

-- What one version gives and what it takes back are two reports.
DROP INDEX state_aid_report_of_version;
CREATE UNIQUE INDEX state_aid_report_of_version ON state_aid_report (municipality, agreement, version, withdrawal);
