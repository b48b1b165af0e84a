using Grpc.Core;
using Iop.Platform.Persistence;
using Iop.Platform.Tenancy;
using Iop.Platform.Tests.Sample;
using Iop.Sample.V1;
using Iop.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Iop.Platform.Tests;

/// <summary>The five walls, each tried with the others out of the way.</summary>
[Collection(Notes.Name)]
public sealed class TenancyTests(NotesFixture notes)
{
    [Theory]
    [InlineData("", "MUNICIPALITY_REQUIRED")]
    [InlineData("municipalities", "MUNICIPALITY_REQUIRED")]
    [InlineData("kommuner/1283", "MUNICIPALITY_REQUIRED")]
    [InlineData("municipalities/580", "MUNICIPALITY_CODE_INVALID")]
    [InlineData("municipalities/12830", "MUNICIPALITY_CODE_INVALID")]
    [InlineData("municipalities/٠٥٨٠", "MUNICIPALITY_CODE_INVALID")]
    [InlineData("municipalities/9999", "MUNICIPALITY_UNKNOWN")]
    public Task First_wall_a_name_without_a_known_municipality_is_refused(string parent, string reason) =>
        Refused.ForFieldAsync("parent", reason, () => notes.WriteAsync(parent: parent));

    [Fact]
    public async Task Second_wall_another_tenants_name_is_denied_alike_whether_the_thing_exists_or_not()
    {
        var note = await notes.WriteAsync();
        var missing = $"{NotesFixture.Here}/notes/{Guid.CreateVersion7()}";

        foreach (var name in new[] { note.Name, missing })
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => notes.OfficerElsewhere.GetNoteAsync(new GetNoteRequest { Name = name }).ResponseAsync);
        }
    }

    [Fact]
    public async Task Second_wall_a_stream_is_denied_before_its_method_runs()
    {
        var call = notes.OfficerElsewhere.AppendNote();
        await call.RequestStream.WriteAsync(new AppendNoteRequest { Parent = NotesFixture.Here, Text = "x" });
        await call.RequestStream.CompleteAsync();

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => call.ResponseAsync);
    }

    [Fact]
    public Task Third_and_fifth_wall_every_key_and_index_begins_with_the_municipality_behind_row_level_security() =>
        SchemaAssert.EveryTableIsWalledOffAsync(notes);

    [Fact]
    public async Task Fourth_wall_the_query_filter_alone_hides_another_tenants_rows()
    {
        var note = await notes.WriteAsync();

        // As the owner of the schema, whom row-level security does not hold.
        var (own, foreign) = (await NotesSeenByOwnerAsync("1283"), await NotesSeenByOwnerAsync("0580"));

        Assert.Contains(note.Name, own);
        Assert.DoesNotContain(note.Name, foreign);
    }

    [Fact]
    public async Task Fourth_wall_every_entity_of_a_tenant_has_the_filter()
    {
        await using var scope = notes.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<NotesDb>().Model;

        Assert.All(model.GetEntityTypes(), entity => Assert.NotNull(entity.FindDeclaredQueryFilter(IopDbContext.TenantFilter)));
    }

    [Fact]
    public async Task Fifth_wall_row_level_security_alone_hides_another_tenants_rows()
    {
        var note = await notes.WriteAsync();

        Assert.Contains(note.Name, await NotesSeenUnfilteredAsync("1283"));
        Assert.DoesNotContain(note.Name, await NotesSeenUnfilteredAsync("0580"));
    }

    [Fact]
    public async Task Fifth_wall_a_statement_without_a_tenant_sees_no_row_on_any_connection_of_the_pool()
    {
        await notes.WriteAsync();
        var data = notes.Services.GetRequiredService<NpgsqlDataSource>();

        for (var i = 0; i < 20; i++)
        {
            await using var command = data.CreateCommand("SELECT count(*), current_user::text FROM note");
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            Assert.Equal((0L, "iop_tests"), (reader.GetInt64(0), reader.GetString(1)));
        }
    }

    [Fact]
    public async Task Fifth_wall_the_service_cannot_write_for_another_tenant()
    {
        await using var scope = notes.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(MunicipalityCode.Parse("0580"));
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        db.Add(new Heard { Municipality = "1283", Subject = "x", Sequence = 1, TraceId = "" });

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, ((PostgresException)failure.InnerException!).SqlState);
    }

    [Fact]
    public async Task The_cross_tenant_reader_sees_plumbing_and_no_business_row()
    {
        await notes.WriteAsync();
        await using var scope = notes.Services.GetRequiredService<CrossTenant>().Open();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();

        var denied = await Assert.ThrowsAnyAsync<Exception>(() => db.Notes.CountAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (denied as PostgresException ?? (PostgresException)denied.InnerException!).SqlState);
        await db.Set<OutboxMessage>().CountAsync();
    }

    [Fact]
    public async Task Tenants_interleaved_through_one_pool_never_see_each_other()
    {
        var mine = await notes.WriteAsync("mine");
        var theirs = await notes.WriteAsync("theirs", notes.OfficerElsewhere, NotesFixture.Elsewhere);

        await Parallel.ForAsync(0, 60, async (i, _) =>
        {
            var (client, name) = i % 2 == 0 ? (notes.Officer, mine.Name) : (notes.OfficerElsewhere, theirs.Name);
            Assert.Equal(name, (await client.GetNoteAsync(new GetNoteRequest { Name = name })).Name);
        });
    }

    private async Task<List<string>> NotesSeenByOwnerAsync(string municipality)
    {
        await using var scope = notes.Services.CreateAsyncScope();
        var tenant = scope.ServiceProvider.GetRequiredService<TenantScope>();
        tenant.Enter(MunicipalityCode.Parse(municipality));
        var options = new DbContextOptionsBuilder<NotesDb>().UseNpgsql(notes.OwnerConnectionString).Options;
        await using var db = ActivatorUtilities.CreateInstance<NotesDb>(scope.ServiceProvider, options);
        return [.. (await db.Notes.ToListAsync()).Select(note => note.Name)];
    }

    private async Task<List<string>> NotesSeenUnfilteredAsync(string municipality)
    {
        await using var scope = notes.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(MunicipalityCode.Parse(municipality));
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        return [.. (await db.Notes.IgnoreQueryFilters().ToListAsync()).Select(note => note.Name)];
    }
}
