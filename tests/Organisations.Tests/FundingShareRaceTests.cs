using Iop.Organisations.V1;
using Iop.Platform.Requests;
using Iop.Testing;
using Npgsql;

namespace Iop.Organisations.Tests;

/// <summary>Several changes at once of what one organisation lets another municipality see. Source: law.md 2.11.</summary>
[Collection(Register.Name)]
public sealed class FundingShareRaceTests(RegisterFixture register)
{
    private const string Here = RegisterFixture.Municipality;
    private const string There = "0580";

    private readonly string _number = RegisterFixture.NewNumber();

    [Fact]
    public async Task Many_disclosures_at_once_are_all_taken_and_all_seen()
    {
        var (from, to, _) = await ConsentedAsync();
        var first = await register.DiscloseAsync(Here, from, "Lokalhyra");

        var attempts = Enumerable.Range(0, 24).Select(i => Task.Run<object>(async () => i % 2 == 0 ? await register.DiscloseAsync(Here, from, $"Kostnad {i}") : await register.ConsentAsync(Here, from, There, 20 + i))).ToList();
        await Task.WhenAll(attempts);

        var seen = (await register.CheckSharedAsync(There, to)).Shared;
        Assert.Equal(13, seen.Count);
        Assert.Contains(seen, shared => shared.FundingDisclosure.Name == first.Name);
        Assert.All(seen, shared => Assert.Equal(RegisterFixture.Today(43), shared.ValidUntil));
    }

    [Fact]
    public async Task A_correction_on_its_way_when_the_consent_is_withdrawn_is_not_seen_afterwards()
    {
        var (from, to, consent) = await ConsentedAsync();
        var disclosure = await register.DiscloseAsync(Here, from, "Lokalhyra");
        await using var owner = NpgsqlDataSource.Create(register.OwnerConnectionString);
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"SELECT FROM funding_share WHERE disclosure = '{disclosure.Name[^36..]}' FOR UPDATE", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // Both have saved what they change before either may write what is shared.
        var correction = register.FundingIn(Here).UpdateFundingDisclosureAsync(
            new() { FundingDisclosure = new(disclosure) { Amount = 60_000m.ToProto() }, UpdateMask = new() { Paths = { "amount" } } }).ResponseAsync;
        await WaitingAsync(1);
        var withdrawal = register.FundingOf(Here, from).WithdrawFundingConsentAsync(new() { Name = consent.Name, Etag = consent.Etag }).ResponseAsync;
        await WaitingAsync(2);
        await transaction.CommitAsync();
        await Task.WhenAll(correction, withdrawal);

        Assert.Empty((await register.CheckSharedAsync(There, to)).Shared);
    }

    private Task WaitingAsync(int calls) =>
        Eventually.IsAsync(calls, () => register.CountAsync("pg_stat_activity", "datname = current_database() AND wait_event_type = 'Lock'"));

    private async Task<(string From, string To, FundingConsent Consent)> ConsentedAsync()
    {
        var (from, to) = (await register.RegisterAsync(Here, _number), await register.RegisterAsync(There, _number));
        return (from, to, await register.ConsentAsync(Here, from, There, days: 10));
    }
}
