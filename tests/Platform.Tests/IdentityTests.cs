using System.Net;
using System.Net.Sockets;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Iop.DevIssuer;
using Iop.Platform.Identity;
using Iop.Sample.V1;
using Iop.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Iop.Platform.Tests;

/// <summary>Who is believed, and what the belief opens.</summary>
[Collection(Notes.Name)]
public sealed class IdentityTests(NotesFixture notes)
{
    private static readonly GetNoteRequest Missing = new() { Name = $"{NotesFixture.Here}/notes/{Guid.Empty}" };

    public static TheoryData<string, Func<NotesFixture, string?>> BadTokens => new()
    {
        { "missing", _ => null },
        { "malformed", _ => "Bearer not.a.token" },
        { "expired", notes => $"Bearer {notes.Issuer.Token(Claims("1283") with { Lifetime = TimeSpan.FromHours(-2) })}" },
        { "issuer_unknown", _ => $"Bearer {Stranger("urn:iop:stranger").Token(Claims("1283"))}" },
        { "signature", notes => $"Bearer {Stranger(notes.Issuer.Name).Token(Claims("1283"))}" },
        { "issuer_municipality", notes => $"Bearer {notes.NarrowIssuer.Token(Claims("1283"))}" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_token_that_is_not_to_be_believed_is_refused_with_its_cause(string cause, Func<NotesFixture, string?> authorization)
    {
        var headers = new Metadata();
        if (authorization(notes) is { } value)
        {
            headers.Add("authorization", value);
        }

        var refused = await Refused.ByAsync(StatusCode.Unauthenticated, "TOKEN_INVALID", () => new NotesService.NotesServiceClient(notes.Anonymous).GetNoteAsync(Missing, headers).ResponseAsync);

        Assert.Equal(cause, refused.Metadata["cause"]);
    }

    [Fact]
    public async Task While_the_keys_of_an_issuer_cannot_be_had_its_callers_are_told_to_come_back_and_the_rest_go_on()
    {
        var far = Stranger("urn:iop:far");
        await using var replica = notes.Replica(
            $"--Identity:Issuers:2:Issuer={far.Name}", "--Identity:Issuers:2:MetadataAddress=https://127.0.0.1:1/.well-known/openid-configuration", "--Identity:Issuers:2:Municipalities:0=1283");
        await replica.StartWithBusAsync();
        using var channel = GrpcChannel.ForAddress(replica.Addresses()[0]);
        var client = new NotesService.NotesServiceClient(channel);
        Task<Note> ReadAsync(string token) => client.GetNoteAsync(Missing, new Metadata { { "authorization", $"Bearer {token}" } }).ResponseAsync;

        // Again and again: the first failure is not the only one that is told apart.
        for (var times = 0; times < 3; times++)
        {
            var refused = await Refused.ByAsync(StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE", () => ReadAsync(far.Token(Claims("1283"))));
            Assert.True(refused.Detail<RetryInfo>().RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        }

        await Refused.ByAsync(StatusCode.NotFound, "NOTE_NOT_FOUND", () => ReadAsync(notes.Issuer.Token(Claims("1283"))));
        Assert.Contains(notes.Errors.Lines, line => line.Contains("issuer unavailable", StringComparison.Ordinal));
        await replica.StopAsync();
    }

    [Fact]
    public async Task An_issuer_that_takes_the_call_and_says_nothing_is_given_up_before_its_callers_are()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var far = Stranger("urn:iop:silent");
        await using var replica = notes.Replica(
            $"--Identity:Issuers:2:Issuer={far.Name}", $"--Identity:Issuers:2:MetadataAddress=https://{silent.LocalEndpoint}/.well-known/openid-configuration", "--Identity:Issuers:2:Municipalities:0=1283");
        await replica.StartWithBusAsync();
        using var channel = GrpcChannel.ForAddress(replica.Addresses()[0]);

        var call = new NotesService.NotesServiceClient(channel).GetNoteAsync(
            Missing, new Metadata { { "authorization", $"Bearer {far.Token(Claims("1283"))}" } }, deadline: DateTime.UtcNow.AddSeconds(30));

        await Refused.ByAsync(StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE", () => call.ResponseAsync);
        await replica.StopAsync();
    }

    [Fact]
    public async Task An_issuer_is_believed_for_the_municipality_it_may_speak_for()
    {
        var client = new NotesService.NotesServiceClient(notes.With(notes.NarrowIssuer.Token(Claims(NotesFixture.NarrowMunicipality))));

        await notes.WriteAsync(by: client, parent: $"municipalities/{NotesFixture.NarrowMunicipality}");
    }

    [Fact]
    public async Task A_role_that_the_method_does_not_name_is_refused_before_anything_is_looked_up()
    {
        var lawyer = new NotesService.NotesServiceClient(notes.As("1283", Roles.Lawyer));

        var refused = await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => lawyer.GetNoteAsync(Missing).ResponseAsync);

        Assert.Equal("case-officer, auditor", refused.Metadata["allowed"]);
    }

    [Theory]
    [InlineData("decision-maker", "social", "social,culture", true)]
    [InlineData("decision-maker", "social", "culture", false)]
    [InlineData("decision-maker", "", "culture", false)]
    [InlineData("case-officer", "social", "culture", false)]
    [InlineData("case-officer", "", "culture", true)]
    [InlineData("case-officer,decision-maker", "", "culture", true)]
    [InlineData("integration", "social", "culture", false)]
    [InlineData("auditor", "social", "culture", true)]
    public void What_is_kept_to_committees_is_seen_by_theirs_and_by_those_who_serve_every_one(string roles, string own, string kept, bool seen)
    {
        static string[] Codes(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var caller = new Caller { Subject = "p", Municipality = "1283", Roles = Codes(roles), Committees = Codes(own) };

        Assert.Equal(seen, caller.SeesCommittees(Codes(kept)));
    }

    [Fact]
    public Task A_method_that_declares_no_access_is_refused_at_run_time() =>
        Refused.ByAsync(StatusCode.PermissionDenied, "ACCESS_NOT_DECLARED", () => notes.Officer.ForgottenNoteAsync(Missing).ResponseAsync);

    [Fact]
    public void A_development_issuer_stops_the_start_outside_development()
    {
        var options = new IdentityOptions { Issuers = [new TrustedIssuer { Issuer = "urn:x", Municipalities = ["1283"], Development = true }] };

        Assert.Throws<InvalidOperationException>(() => new TokenReader(Options.Create(options), new HostEnvironment("Production"), TimeProvider.System));
    }

    [Theory]
    [InlineData("", "1283")]
    [InlineData("urn:x", null)]
    [InlineData("urn:x", "*")]
    public void An_issuer_without_a_name_or_bounds_stops_the_start(string issuer, string? municipality)
    {
        var options = new IdentityOptions { Issuers = [new TrustedIssuer { Issuer = issuer, Municipalities = municipality is null ? [] : [municipality] }] };

        Assert.Throws<InvalidOperationException>(() => new TokenReader(Options.Create(options), new HostEnvironment("Production"), TimeProvider.System));
    }

    private static TokenClaims Claims(string municipality) => new() { Municipality = municipality, Roles = [Roles.CaseOfficer] };

    private static DevelopmentIssuer Stranger(string name) => DevelopmentIssuer.OpenOrCreate(Directory.CreateTempSubdirectory("iop-stranger").FullName, name);

    private sealed class HostEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = "";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
