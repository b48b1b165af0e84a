using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.Organisations.Data;

[DbContext(typeof(OrganisationsDb)), Migration("0000_platform")]
internal sealed class M0000 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0001_organisations")]
internal sealed class M0001 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0002_register")]
internal sealed class M0002 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0003_representatives")]
internal sealed class M0003 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0004_signing")]
internal sealed class M0004 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0005_documents")]
internal sealed class M0005 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0006_vetting")]
internal sealed class M0006 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0007_funding")]
internal sealed class M0007 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0008_search")]
internal sealed class M0008 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0010_granted_aid")]
internal sealed class M0010 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0011_search")]
internal sealed class M0011 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0012_document_content")]
internal sealed class M0012 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0013_consent_and_pre_check")]
internal sealed class M0013 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0014_disclosures_of_municipality")]
internal sealed class M0014 : SqlMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0015_departures")]
internal sealed class M0015 : SqlMigration;
