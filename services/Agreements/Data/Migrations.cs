using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.Agreements.Data;

[DbContext(typeof(AgreementsDb))]
[Migration("0000_platform")]
internal sealed class M0000 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0001_agreements")]
internal sealed class M0001 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0002_negotiation")]
internal sealed class M0002 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0003_life")]
internal sealed class M0003 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0004_originals")]
internal sealed class M0004 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0006_signing")]
internal sealed class M0006 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0010_joint")]
internal sealed class M0010 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0020_documents")]
internal sealed class M0020 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0021_original_due")]
internal sealed class M0021 : SqlMigration;

[DbContext(typeof(AgreementsDb))]
[Migration("0022_imports")]
internal sealed class M0022 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0030_closed_representations")]
internal sealed class M0030 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0031_committees")]
internal sealed class M0031 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0032_later_joining")]
internal sealed class M0032 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0033_readiness")]
internal sealed class M0033 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0034_confidentiality")]
internal sealed class M0034 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0035_disclosures")]
internal sealed class M0035 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0040_own_marks")]
internal sealed class M0040 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0041_withdrawn_aid")]
internal sealed class M0041 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0042_time_stamps")]
internal sealed class M0042 : SqlMigration;

[DbContext(typeof(AgreementsDb)), Migration("0043_given_aid")]
internal sealed class M0043 : SqlMigration;
