using Grpc.Core;
using Iop.Eligibility.Data;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using Npgsql;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The service as it runs, beside a register of organisations.</summary>
public sealed class EligibilityFixture() : RunningService<EligibilityDb>(Program.Build)
{
    public const string Eslov = "1285";
    public const string Gavle = "2180";
    public const string Falun = "2080";
    public const string Linkoping = "0580";
    public const string Helsingborg = "1283";

    public OrganisationsDouble Organisations { get; } = new();

    public CasesService.CasesServiceClient Cases(string municipality, string role = Roles.CaseOfficer, string? subject = null, params string[] organisations) =>
        new(As(municipality, role, subject, organisations: organisations));

    public GuidelinesService.GuidelinesServiceClient Guidelines(string municipality, string role = Roles.GuidelineOwner) => new(As(municipality, role));

    /// <summary>Types of the events that a subject has raised, in order.</summary>
    public async Task<IReadOnlyList<string>> EventsOfAsync(string subject)
    {
        await using var data = NpgsqlDataSource.Create(OwnerConnectionString);
        await using var command = data.CreateCommand("SELECT type FROM outbox WHERE subject = $1 ORDER BY position");
        command.Parameters.AddWithValue(subject);
        await using var reader = await command.ExecuteReaderAsync();
        var types = new List<string>();
        while (await reader.ReadAsync())
        {
            types.Add(reader.GetString(0));
        }

        return types;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Organisations.DisposeAsync();
    }

    protected override async Task<IReadOnlyList<string>> MoreArgumentsAsync() => [$"--services:organisations:Grpc:0={await Organisations.StartAsync()}"];
}

[CollectionDefinition(nameof(Eligibility))]
public sealed class EligibilityCollection : ICollectionFixture<EligibilityFixture>;
