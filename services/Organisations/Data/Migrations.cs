using Iop.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Iop.Organisations.Data;

[DbContext(typeof(OrganisationsDb)), Migration("0000_platform")]
internal sealed class M0000 : PlatformMigration;

[DbContext(typeof(OrganisationsDb)), Migration("0001_organisations")]
internal sealed class M0001 : SqlMigration;
