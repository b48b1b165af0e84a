using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.Eligibility.Data;

[DbContext(typeof(EligibilityDb)), Migration("0000_platform")]
internal sealed class M0000 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0001_eligibility")]
internal sealed class M0001 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0002_assessment")]
internal sealed class M0002 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0003_case_search")]
internal sealed class M0003 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0005_precedents")]
internal sealed class M0005 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0010_same_kind")]
internal sealed class M0010 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0030_closed_representations")]
internal sealed class M0030 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0040_municipal_goals")]
internal sealed class M0040 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0045_committees")]
internal sealed class M0045 : SqlMigration;

[DbContext(typeof(EligibilityDb)), Migration("0060_case_committees")]
internal sealed class M0060 : SqlMigration;
