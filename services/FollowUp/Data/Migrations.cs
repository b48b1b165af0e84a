using Iop.FollowUp.Data;
using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.FollowUp.Migrations;

[DbContext(typeof(FollowUpDb)), Migration("0000_platform")]
internal sealed class M0000 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0001_followup")]
internal sealed class M0001 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0002_follow_up_in_full")]
internal sealed class M0002 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0010_second_reading")]
internal sealed class M0010 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0011_wished_reports_and_named_people")]
internal sealed class M0011 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0030_closed_representations")]
internal sealed class M0030 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0031_settled_disputes_and_repeated_evaluations")]
internal sealed class M0031 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0032_committees")]
internal sealed class M0032 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0033_overcompensation_checks")]
internal sealed class M0033 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0034_group_sizes")]
internal sealed class M0034 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0035_reopened_plans")]
internal sealed class M0035 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0036_corrected_check_ins")]
internal sealed class M0036 : SqlMigration;

[DbContext(typeof(FollowUpDb)), Migration("0040_talks_of_agreements")]
internal sealed class M0040 : SqlMigration;
