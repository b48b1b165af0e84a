using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using static Iop.Organisations.Tests.RepresentativeSteps;
using State = Iop.Organisations.V1.Representative.Types.State;

namespace Iop.Organisations.Tests;

/// <summary>Who acts for an organisation: claimed by oneself, confirmed by another, ended and handed over.</summary>
[Collection(Register.Name)]
public sealed class RepresentativeTests(RegisterFixture register)
{
    [Fact]
    public async Task A_claim_is_confirmed_by_a_case_officer_and_the_next_by_that_representative()
    {
        var organisation = await register.RegisterAsync();
        var (chair, treasurer) = (Person(), Person());
        var claim = await register.ClaimAsync(organisation.Name, chair, "ordförande");
        Assert.Equal((State.Claimed, chair, "Kim Exempel", "ordförande"), (claim.State, claim.PersonRef, claim.DisplayName, claim.Role));

        var confirmed = await ConfirmAsync(register.Representatives, claim);
        var second = await ConfirmAsync(register.RepresentativesAs(chair, organisation.Name), await register.ClaimAsync(organisation.Name, treasurer));

        Assert.Equal((State.Confirmed, Representative.Types.ConfirmedBy.Municipality), (confirmed.State, confirmed.ConfirmedBy));
        Assert.Equal((State.Confirmed, Representative.Types.ConfirmedBy.Representative), (second.State, second.ConfirmedBy));
        Assert.Equal([second, confirmed], (await ListAsync(register.Representatives, organisation.Name)).Representatives);
        Assert.Empty((await ListAsync(register.Representatives, organisation.Name, "state = CLAIMED")).Representatives);
        var told = (await register.Ear.OfAsync(organisation.Name, 2)).OfType<OrganisationRepresentationChanged>().ToList();
        Assert.Equal([(confirmed.Name, "CONFIRMED", 2L), (second.Name, "CONFIRMED", 3L)], told.Select(e => (e.Representative, e.State, e.Sequence)));
    }

    [Fact]
    public async Task Nobody_confirms_or_declines_the_own_claim()
    {
        var organisation = await register.RegisterAsync();
        var person = Person();
        var claim = await register.ClaimAsync(organisation.Name, person);
        var oneself = register.RepresentativesAs(person, organisation.Name);

        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPRESENTATIVE_OWN_CLAIM", () => ConfirmAsync(oneself, claim));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPRESENTATIVE_OWN_CLAIM", () => DeclineAsync(oneself, claim));
        Assert.Equal(claim, await GetAsync(register.Representatives, claim.Name));
    }

    [Fact]
    public async Task The_issuers_word_alone_does_not_confirm_others()
    {
        var organisation = await register.RegisterAsync();
        var claim = await register.ClaimAsync(organisation.Name, Person());

        await Refused.ByAsync(StatusCode.PermissionDenied, "CONFIRMED_REPRESENTATIVE_REQUIRED", () => ConfirmAsync(register.RepresentativesAs(Person(), organisation.Name), claim));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => ConfirmAsync(register.RepresentativesAs(Person()), claim));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ConfirmAsync(new(register.As(RegisterFixture.Municipality, Roles.Auditor)), claim));
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => ConfirmAsync(new(register.As("0580", Roles.CaseOfficer)), claim));
    }

    [Fact]
    public async Task A_person_stands_for_an_organisation_once_at_a_time()
    {
        var organisation = await register.RegisterAsync();
        var person = Person();
        var claim = await register.ClaimAsync(organisation.Name, person);

        var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "REPRESENTATIVE_ALREADY_RECORDED", () => register.ClaimAsync(organisation.Name, person));
        Assert.Equal(claim.Name, refused.Metadata["name"]);
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var other = Person();
            return await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
            {
                try
                {
                    await register.ClaimAsync(organisation.Name, other);
                    return true;
                }
                catch (RpcException exception) when (exception.StatusCode is StatusCode.AlreadyExists or StatusCode.Aborted)
                {
                    return false;
                }
            }));
        }));
        Assert.All(both, pair => Assert.Single(pair, won => won));
    }

    [Fact]
    public async Task What_is_ended_is_kept_and_closes_the_register_whatever_the_token_says()
    {
        var organisation = await register.RegisterAsync();
        var person = Person();
        var confirmed = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, person));
        var acting = new OrganisationsService.OrganisationsServiceClient(register.As(RegisterFixture.Municipality, Roles.OrganisationRepresentative, person, organisations: organisation.Name));
        Assert.Equal(organisation.Name, (await acting.GetOrganisationAsync(new GetOrganisationRequest { Name = organisation.Name })).Name);

        var ended = await EndAsync(register.Representatives, confirmed, "Avgick vid årsmötet");

        Assert.Equal((State.Ended, "Avgick vid årsmötet"), (ended.State, ended.EndReason));
        Assert.NotNull(ended.EndTime);
        await Refused.ByAsync(StatusCode.PermissionDenied, "REPRESENTATION_ENDED", () => acting.GetOrganisationAsync(new GetOrganisationRequest { Name = organisation.Name }).ResponseAsync);
        Assert.Empty((await acting.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = RegisterFixture.Here })).Organisations);

        // A new claim opens nothing until it is confirmed, and then everything.
        var again = await register.ClaimAsync(organisation.Name, person);
        await Refused.ByAsync(StatusCode.PermissionDenied, "REPRESENTATION_ENDED", () => acting.GetOrganisationAsync(new GetOrganisationRequest { Name = organisation.Name }).ResponseAsync);
        await ConfirmAsync(register.Representatives, again);
        Assert.Equal(organisation.Name, (await acting.GetOrganisationAsync(new GetOrganisationRequest { Name = organisation.Name })).Name);
        Assert.Equal(2, (await ListAsync(register.Representatives, organisation.Name)).Representatives.Count);
    }

    [Fact]
    public async Task A_claim_is_declined_with_a_reason_that_the_person_reads()
    {
        var organisation = await register.RegisterAsync();
        var person = Person();
        var claim = await register.ClaimAsync(organisation.Name, person);

        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => DeclineAsync(register.Representatives, claim, " "));
        var declined = await DeclineAsync(register.Representatives, claim);

        Assert.Equal((State.Declined, "Finns inte i protokollet"), (declined.State, (await GetAsync(register.RepresentativesAs(person), claim.Name)).EndReason));
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "REPRESENTATIVE_STATE_NOT_ALLOWED", () => ConfirmAsync(register.Representatives, declined));
        Assert.Equal(("DECLINED", "CLAIMED"), (refused.Metadata["state"], refused.Metadata["allowed"]));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPRESENTATIVE_STATE_NOT_ALLOWED", () => EndAsync(register.Representatives, declined));
    }

    [Fact]
    public async Task A_handover_ends_one_and_begins_the_other_in_one_step()
    {
        var organisation = await register.RegisterAsync();
        var (old, next) = (Person(), Person());
        var leaving = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, old, "kassör"));
        var minutes = await register.UploadAsync(RegisterFixture.Header(organisation.Name, DocumentKind.AnnualMeetingMinutes), SampleDocuments.Pdf());

        var successor = await HandOverAsync(register.RepresentativesAs(old, organisation.Name), leaving, next, "Alex Exempel", minutes.Name);
        var left = await GetAsync(register.Representatives, leaving.Name);

        Assert.Equal((State.Confirmed, next, "kassör", "Alex Exempel"), (successor.State, successor.PersonRef, successor.Role, successor.DisplayName));
        Assert.Equal((State.Ended, successor.Name), (left.State, left.Successor));
        Assert.Equal([minutes.Name], successor.EvidenceDocuments);
        var acting = register.RepresentativesAs(next, organisation.Name);
        Assert.Equal(2, (await ListAsync(acting, organisation.Name)).Representatives.Count);
    }

    [Fact]
    public async Task A_handover_confirms_the_claim_that_the_successor_has_made()
    {
        var organisation = await register.RegisterAsync();
        var (old, next) = (Person(), Person());
        var leaving = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, old));
        var claim = await register.ClaimAsync(organisation.Name, next, "sekreterare");

        var successor = await HandOverAsync(register.Representatives, leaving, next, "");

        Assert.Equal((claim.Name, State.Confirmed, "sekreterare"), (successor.Name, successor.State, successor.Role));
    }

    [Fact]
    public async Task A_handover_that_is_refused_changes_nothing()
    {
        var organisation = await register.RegisterAsync();
        var (old, other) = (Person(), Person());
        var leaving = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, old));
        var standing = await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation.Name, other));
        var oneself = register.RepresentativesAs(old, organisation.Name);
        var missing = $"{organisation.Name}/documents/{Guid.CreateVersion7()}";

        await Refused.ByAsync(StatusCode.AlreadyExists, "REPRESENTATIVE_ALREADY_RECORDED", () => HandOverAsync(oneself, leaving, old, "Kim"));
        await Refused.ByAsync(StatusCode.AlreadyExists, "REPRESENTATIVE_ALREADY_RECORDED", () => HandOverAsync(oneself, leaving, other, "Kim"));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "REPRESENTATIVE_OWN_CLAIM", () => HandOverAsync(Claimant(out var claimant), leaving, claimant, "Kim"));
        await Refused.ByAsync(StatusCode.NotFound, "DOCUMENT_NOT_FOUND", () => HandOverAsync(oneself, leaving, Person(), "Kim", missing));
        await Refused.ForFieldAsync("successor_display_name", "FIELD_REQUIRED", () => HandOverAsync(oneself, leaving, Person(), ""));
        await Refused.ForFieldAsync("successor_person_ref", "PERSONAL_IDENTITY_NUMBER_REFUSED", () => HandOverAsync(oneself, leaving, "121212-1212", "Kim"));

        Assert.Equal([standing, leaving], (await ListAsync(register.Representatives, organisation.Name)).Representatives.Where(r => r.State == State.Confirmed && r.PersonRef is var p && (p == old || p == other)));

        // One who has taken both parts: a case officer who would make themselves the successor.
        RepresentativesService.RepresentativesServiceClient Claimant(out string person)
        {
            person = Person();
            return new(register.As(RegisterFixture.Municipality, Roles.CaseOfficer, person));
        }
    }

    [Fact]
    public async Task One_who_only_claims_sees_the_own_claim_and_no_other()
    {
        var organisation = await register.RegisterAsync();
        var other = await register.ClaimAsync(organisation.Name, Person());
        var person = Person();
        var own = await register.ClaimAsync(organisation.Name, person);
        var claimant = register.RepresentativesAs(person);

        Assert.Equal(own, await GetAsync(claimant, own.Name));
        Assert.Equal(own, Assert.Single((await ListAsync(claimant, organisation.Name)).Representatives));
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => GetAsync(claimant, other.Name));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ListAsync(new(register.As(RegisterFixture.Municipality, Roles.Integration)), organisation.Name));
        Assert.Equal(State.Ended, (await EndAsync(claimant, own)).State);
    }

    [Fact]
    public async Task What_is_wrong_with_a_claim_is_told_by_field()
    {
        var organisation = await register.RegisterAsync();
        var person = register.RepresentativesAs(Person());
        var request = new ClaimRepresentationRequest { Parent = organisation.Name, Role = "ordförande" };

        await Refused.ForFieldAsync("role", "FIELD_REQUIRED", () => person.ClaimRepresentationAsync(new() { Parent = organisation.Name }).ResponseAsync);
        await Refused.ForFieldAsync("evidence_documents[0]", "RESOURCE_NAME_INVALID", () => person.ClaimRepresentationAsync(new(request) { EvidenceDocuments = { "x" } }).ResponseAsync);
        await Refused.ByAsync(StatusCode.NotFound, "ORGANISATION_NOT_FOUND", () => register.ClaimAsync($"{RegisterFixture.Here}/organisations/{Guid.CreateVersion7()}", Person()));
        await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => register.Representatives.ClaimRepresentationAsync(request).ResponseAsync);
        request.RequestId = Guid.NewGuid().ToString();
        Assert.Equal(await person.ClaimRepresentationAsync(request), await person.ClaimRepresentationAsync(request));
    }
}
