using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;

namespace Iop.Organisations.Tests;

/// <summary>Who signs for an organisation, on what evidence and until when. Source: law.md 2.9.</summary>
[Collection(Register.Name)]
public sealed class SigningTests(RegisterFixture register)
{
    [Fact]
    public async Task Two_jointly_on_evidence_reads_back_as_it_was_told()
    {
        var organisation = await register.RegisterAsync();
        var minutes = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.AnnualMeetingMinutes), SampleDocuments.Pdf());
        var told = RegisterFixture.Signing("chair-1", "treasurer-1", "secretary-1");
        (told.Rule, told.RequiredSignatureCount) = (SigningRule.Jointly, 2);
        told.EvidenceDocuments.Add(minutes.Name);

        var created = await register.AuthoriseAsync(organisation.Name, told);
        var read = await register.Officer.GetSigningAuthorityAsync(new GetSigningAuthorityRequest { Name = created.Name });

        Assert.Equal(created, read);
        Assert.StartsWith($"{organisation.Name}/signingAuthorities/", created.Name, StringComparison.Ordinal);
        told.MergeFrom(new SigningAuthority { Name = created.Name, State = SigningAuthority.Types.State.Current, Etag = created.Etag, CreateTime = created.CreateTime });
        (told.GraceUntil, told.InGrace, told.Complete) = (told.ValidUntil, false, false);
        told.Evidence.Add(created.Evidence);
        told.BoardList = created.BoardList;
        Assert.Equal(told, created);
        Assert.NotNull(created.CreateTime);
    }

    [Fact]
    public async Task It_ends_with_the_next_annual_meeting_unless_another_day_is_said()
    {
        var sample = RegisterFixture.Sample();
        sample.NextAnnualMeetingDate = RegisterFixture.Today(60);
        var (meeting, none) = (await register.RegisterAsync(sample), await register.RegisterAsync());
        var open = RegisterFixture.Signing();
        open.ValidUntil = null;

        Assert.Equal(sample.NextAnnualMeetingDate, (await register.AuthoriseAsync(meeting.Name, open)).ValidUntil);
        Assert.Equal(RegisterFixture.Today(100), (await register.AuthoriseAsync(meeting.Name, RegisterFixture.Signing())).ValidUntil);
        await Refused.ForFieldAsync("signing_authority.valid_until", "FIELD_REQUIRED", () => register.AuthoriseAsync(none.Name, open));
    }

    // A company's signatories are often registered until further notice, and a meeting can be told for a day that never comes.
    [Theory, InlineData(false), InlineData(true)]
    public async Task It_may_stand_until_the_last_day_of_the_calendar(bool byMeeting)
    {
        var organisation = await register.RegisterAsync(new Organisation(RegisterFixture.Sample()) { NextAnnualMeetingDate = DateOnly.MaxValue.ToProto() });
        var open = new SigningAuthority(RegisterFixture.Signing()) { ValidUntil = byMeeting ? null : DateOnly.MaxValue.ToProto() };

        var authority = await register.AuthoriseAsync(organisation.Name, open);

        Assert.Equal((DateOnly.MaxValue.ToProto(), DateOnly.MaxValue.ToProto(), SigningAuthority.Types.State.Current), (authority.ValidUntil, authority.GraceUntil, authority.State));
    }

    [Theory]
    [InlineData(-10, 10, SigningAuthority.Types.State.Current)]
    [InlineData(0, 0, SigningAuthority.Types.State.Current)]
    [InlineData(5, 10, SigningAuthority.Types.State.NotYetValid)]
    [InlineData(-10, -1, SigningAuthority.Types.State.Lapsed)]
    public async Task Its_state_follows_from_the_dates(int from, int until, SigningAuthority.Types.State expected)
    {
        var organisation = await register.RegisterAsync();
        var authority = RegisterFixture.Signing();
        (authority.ValidFrom, authority.ValidUntil) = (RegisterFixture.Today(from), RegisterFixture.Today(until));

        Assert.Equal(expected, (await register.AuthoriseAsync(organisation.Name, authority)).State);
    }

    public static TheoryData<string, string, Action<SigningAuthority>> Faults => new()
    {
        { "signing_authority.rule", "ENUM_VALUE_REQUIRED", a => a.Rule = SigningRule.Unspecified },
        { "signing_authority.required_signature_count", "NUMBER_OUT_OF_RANGE", a => a.RequiredSignatureCount = 2 },
        { "signing_authority.required_signature_count", "NUMBER_OUT_OF_RANGE", a => Jointly(a, 1) },
        { "signing_authority.required_signature_count", "NUMBER_OUT_OF_RANGE", a => Jointly(a, 0) },
        { "signing_authority.required_signature_count", "NUMBER_OUT_OF_RANGE", a => Jointly(a, 3) },
        { "signing_authority.signatories", "SIGNATORIES_TOO_FEW", a => a.Rule = SigningRule.Jointly },
        { "signing_authority.signatories", "NUMBER_OUT_OF_RANGE", a => a.Signatories.Clear() },
        { "signing_authority.signatories", "NUMBER_OUT_OF_RANGE", a => a.Signatories.Add(Enumerable.Range(0, 20).Select(i => Person($"extra-{i}"))) },
        { "signing_authority.signatories[0].person_ref", "FIELD_REQUIRED", a => a.Signatories[0].PersonRef = " " },
        { "signing_authority.signatories[0].person_ref", "TEXT_TOO_LONG", a => a.Signatories[0].PersonRef = new string('a', 201) },
        { "signing_authority.signatories[0].person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED", a => a.Signatories[0].PersonRef = "121212-1212" },
        { "signing_authority.signatories[0].person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED", a => a.Signatories[0].PersonRef = "191212121213" },
        { "signing_authority.signatories[1].person_ref", "DUPLICATE_VALUE", a => a.Signatories.Add(Person("person-1")) },
        { "signing_authority.signatories[0].display_name", "FIELD_REQUIRED", a => a.Signatories[0].DisplayName = "" },
        { "signing_authority.signatories[0].role", "TEXT_TOO_LONG", a => a.Signatories[0].Role = new string('a', 101) },
        { "signing_authority.valid_from", "FIELD_REQUIRED", a => a.ValidFrom = null },
        { "signing_authority.valid_until", "VALID_UNTIL_BEFORE_VALID_FROM", a => a.ValidUntil = RegisterFixture.Today(-11) },
        { "signing_authority.valid_until", "DATE_INVALID", a => a.ValidUntil = new() { Year = 2026, Month = 13, Day = 1 } },
        { "signing_authority.evidence_documents", "NUMBER_OUT_OF_RANGE", a => a.EvidenceDocuments.Add(Enumerable.Repeat("x", 11)) },
        { "signing_authority.evidence_documents[0]", "RESOURCE_NAME_INVALID", a => a.EvidenceDocuments.Add("x") },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_kept(string field, string reason, Action<SigningAuthority> spoil)
    {
        var organisation = await register.RegisterAsync();
        var authority = RegisterFixture.Signing();
        spoil(authority);

        await Refused.ForFieldAsync(field, reason, () => register.AuthoriseAsync(organisation.Name, authority));

        Assert.Empty((await ListAsync(organisation.Name)).SigningAuthorities);
    }

    [Fact]
    public async Task Evidence_must_exist_and_belong_to_the_organisation()
    {
        var (organisation, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var foreign = await register.UploadAsync(RegisterFixture.Header(other.Name), SampleDocuments.Pdf());
        var own = await register.UploadAsync(RegisterFixture.Header(organisation.Name), SampleDocuments.Pdf());

        await Refused.ForFieldAsync("signing_authority.evidence_documents[0]", "RESOURCE_NAME_INVALID", () => WithEvidenceAsync(foreign.Name));
        await Refused.ForFieldAsync("signing_authority.evidence_documents[1]", "DUPLICATE_VALUE", () => WithEvidenceAsync(own.Name, own.Name));
        var moved = foreign.Name.Replace(other.Name, organisation.Name, StringComparison.Ordinal);
        var refused = await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => WithEvidenceAsync(own.Name, moved));
        Assert.Equal(moved, refused.Metadata["name"]);

        Task WithEvidenceAsync(params string[] documents)
        {
            var authority = RegisterFixture.Signing();
            authority.EvidenceDocuments.Add(documents);
            return register.AuthoriseAsync(organisation.Name, authority);
        }
    }

    [Fact]
    public async Task Several_stand_side_by_side_and_are_listed_newest_first_page_by_page()
    {
        var organisation = await register.RegisterAsync();
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            names.Insert(0, (await register.AuthoriseAsync(organisation.Name, RegisterFixture.Signing($"person-{i}"))).Name);
        }

        var first = await ListAsync(organisation.Name, 2);
        var second = await ListAsync(organisation.Name, 2, first.NextPageToken);

        Assert.Equal(names, first.SigningAuthorities.Concat(second.SigningAuthorities).Select(a => a.Name));
        Assert.Empty(second.NextPageToken);
        var other = await register.RegisterAsync();
        await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", () => ListAsync(other.Name, 2, first.NextPageToken));
    }

    [Fact]
    public async Task Ending_it_keeps_it_and_the_reason()
    {
        var organisation = await register.RegisterAsync();
        var authority = await register.AuthoriseAsync(organisation.Name, RegisterFixture.Signing());

        var ended = await EndAsync(authority);

        Assert.Equal(SigningAuthority.Types.State.Ended, ended.State);
        Assert.NotNull(ended.EndTime);
        Assert.Equal(ended, Assert.Single((await ListAsync(organisation.Name)).SigningAuthorities));
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{authority.Name}' AND number = 2 AND reason = 'Ny styrelse vald'"));
    }

    [Fact]
    public async Task It_is_ended_once_with_a_reason_and_the_version_last_read()
    {
        var organisation = await register.RegisterAsync();
        var authority = await register.AuthoriseAsync(organisation.Name, RegisterFixture.Signing());
        var unversioned = authority.Clone();
        unversioned.Etag = "";

        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => EndAsync(authority, ""));
        await Refused.ForFieldAsync("reason", "TEXT_TOO_LONG", () => EndAsync(authority, new string('a', 501)));
        await Refused.ByAsync(StatusCode.InvalidArgument, "ETAG_REQUIRED", () => EndAsync(unversioned));
        var ended = await EndAsync(authority);
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => EndAsync(authority));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "SIGNING_AUTHORITY_STATE_NOT_ALLOWED", () => EndAsync(ended));

        Assert.Equal(("ENDED", "CURRENT, NOT_YET_VALID"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        Assert.Equal(ended, await register.Officer.GetSigningAuthorityAsync(new GetSigningAuthorityRequest { Name = authority.Name }));
    }

    [Fact]
    public async Task A_repeat_answers_as_the_first()
    {
        var organisation = await register.RegisterAsync();
        var request = new CreateSigningAuthorityRequest { Parent = organisation.Name, SigningAuthority = RegisterFixture.Signing(), RequestId = Guid.NewGuid().ToString() };

        var (first, second) = (await register.Officer.CreateSigningAuthorityAsync(request), await register.Officer.CreateSigningAuthorityAsync(request));

        Assert.Equal(first, second);
        Assert.Single((await ListAsync(organisation.Name)).SigningAuthorities);
        request.SigningAuthority.Signatories[0].Role = "kassör";
        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => register.Officer.CreateSigningAuthorityAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var (organisation, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var authority = await register.AuthoriseAsync(organisation.Name, RegisterFixture.Signing());
        var missing = $"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}";

        await Refused.ByAsync(StatusCode.NotFound, "SIGNING_AUTHORITY_NOT_FOUND", () => GetAsync(register.Officer, authority.Name.Replace(organisation.Name, other.Name, StringComparison.Ordinal)));
        await Refused.ForFieldAsync("name", "RESOURCE_NAME_INVALID", () => GetAsync(register.Officer, $"{organisation.Name}/signingAuthorities/x"));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => ListAsync(missing));
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => register.AuthoriseAsync(missing, RegisterFixture.Signing()));
    }

    [Fact]
    public async Task Each_acts_within_what_they_represent()
    {
        var (mine, other) = (await register.RegisterAsync(), await register.RegisterAsync());
        var representative = register.By(Roles.OrganisationRepresentative, mine.Name);
        var own = await register.AuthoriseAsync(mine.Name, RegisterFixture.Signing(), representative);
        var foreign = await register.AuthoriseAsync(other.Name, RegisterFixture.Signing());

        Assert.Equal(own, await GetAsync(representative, own.Name));
        Func<Task>[] calls =
        [
            () => GetAsync(representative, foreign.Name), () => EndAsync(foreign, by: representative), () => ListAsync(other.Name, by: representative),
            () => register.AuthoriseAsync(other.Name, RegisterFixture.Signing(), representative),
        ];
        Assert.All(await Task.WhenAll(calls.Select(call => Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", call))), refused => Assert.NotEmpty(refused.Swedish));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => GetAsync(register.OfficerElsewhere, own.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => EndAsync(own, by: register.By(Roles.Integration)));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => register.AuthoriseAsync(mine.Name, RegisterFixture.Signing(), register.By(Roles.Auditor)));
    }

    private static void Jointly(SigningAuthority authority, int required)
    {
        (authority.Rule, authority.RequiredSignatureCount) = (SigningRule.Jointly, required);
        authority.Signatories.Add(Person("person-2"));
    }

    private static AuthorisedSignatory Person(string reference) => new() { PersonRef = reference, DisplayName = "Kim Exempel" };

    private static Task<SigningAuthority> GetAsync(OrganisationsService.OrganisationsServiceClient by, string name) =>
        by.GetSigningAuthorityAsync(new GetSigningAuthorityRequest { Name = name }).ResponseAsync;

    private Task<ListSigningAuthoritiesResponse> ListAsync(string parent, int size = 0, string token = "", OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? register.Officer).ListSigningAuthoritiesAsync(new ListSigningAuthoritiesRequest { Parent = parent, PageSize = size, PageToken = token }).ResponseAsync;

    private Task<SigningAuthority> EndAsync(SigningAuthority authority, string reason = "Ny styrelse vald", OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? register.Officer).EndSigningAuthorityAsync(new EndSigningAuthorityRequest { Name = authority.Name, Reason = reason, Etag = authority.Etag }).ResponseAsync;
}
