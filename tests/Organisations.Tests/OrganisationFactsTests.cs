using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Testing;
using ActStatus = Iop.Organisations.V1.ActRegistration.Types.Status;
using RelationKind = Iop.Organisations.V1.RelationEntry.Types.Kind;

namespace Iop.Organisations.Tests;

/// <summary>What is told of an organisation, who sees its contacts, and setting it aside.</summary>
[Collection(Register.Name)]
public sealed class OrganisationFactsTests(RegisterFixture register)
{
    [Fact]
    public async Task Relations_registration_contacts_and_notes_read_back_as_told()
    {
        var told = Full();
        var created = await register.RegisterAsync(told);

        var read = await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = created.Name });

        Assert.Equal(told.RelationHistory, read.RelationHistory);
        Assert.Equal((told.ActRegistration, told.Contacts), (read.ActRegistration, read.Contacts));
        Assert.Equal((told.ProfitDistributionNote, told.PublicControlNote, told.UndertakingKey), (read.ProfitDistributionNote, read.PublicControlNote, read.UndertakingKey));
    }

    [Fact]
    public async Task A_relation_may_have_begun_on_any_day_of_the_calendar()
    {
        var told = Full();
        (told.RelationHistory[0].StartDate, told.RelationHistory[0].EndDate) = (DateOnly.MinValue.ToProto(), RegisterFixture.Today());

        Assert.Equal(told.RelationHistory, (await register.RegisterAsync(told)).RelationHistory);
    }

    [Fact]
    public async Task Registration_under_the_act_is_never_required_of_a_party()
    {
        var sample = RegisterFixture.Sample();
        foreach (var status in new[] { ActStatus.Unknown, ActStatus.NotRegistered, ActStatus.Deregistered })
        {
            sample.OrganisationNumber = RegisterFixture.NewNumber();
            sample.ActRegistration = new ActRegistration { Status = status, StatusDate = status == ActStatus.Deregistered ? RegisterFixture.Today() : null };
            Assert.Equal(PartyEligibility.Eligible, (await register.RegisterAsync(sample)).PartyEligibility);
        }
    }

    public static TheoryData<string, string, Action<Organisation>> Faults => new()
    {
        { "organisation.relation_history[0].kind", "ENUM_VALUE_REQUIRED", o => o.RelationHistory[0].Kind = RelationKind.Unspecified },
        { "organisation.relation_history[0].start_date", "FIELD_REQUIRED", o => o.RelationHistory[0].StartDate = null },
        { "organisation.relation_history[0].end_date", "DATE_ORDER", o => o.RelationHistory[0].EndDate = RegisterFixture.Today(-4000) },
        { "organisation.relation_history", "NUMBER_OUT_OF_RANGE", o => o.RelationHistory.Add(Enumerable.Repeat(o.RelationHistory[0], 51)) },
        { "organisation.act_registration.status", "ENUM_VALUE_REQUIRED", o => o.ActRegistration.Status = ActStatus.Unspecified },
        { "organisation.act_registration.status_date", "FIELD_REQUIRED", o => o.ActRegistration.StatusDate = null },
        { "organisation.act_registration.status_date", "DATE_IN_FUTURE", o => o.ActRegistration.StatusDate = RegisterFixture.Today(2) },
        { "organisation.act_registration.status_date", "FIELD_NOT_ALLOWED", o => o.ActRegistration.Status = ActStatus.Unknown },
        { "organisation.contacts[0].function", "FIELD_REQUIRED", o => o.Contacts[0].Function = " " },
        { "organisation.contacts[0].email", "EMAIL_FORMAT", o => o.Contacts[0].Email = "kontakt" },
        { "organisation.contacts[0].phone", "PHONE_FORMAT", o => o.Contacts[0].Phone = "08-12 34" },
        { "organisation.contacts[0]", "CONTACT_MASKED", o => o.Contacts[0].Masked = true },
        { "organisation.undertaking_key", "UNDERTAKING_KEY_INVALID", o => o.UndertakingKey = "Ö" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_told_by_field(string field, string reason, Action<Organisation> spoil)
    {
        var told = Full();
        spoil(told);

        await Refused.ForFieldAsync(field, reason, () => register.RegisterAsync(told));
    }

    [Theory]
    [InlineData(Roles.CaseOfficer, false)]
    [InlineData(Roles.Lawyer, true)]
    [InlineData(Roles.DecisionMaker, true)]
    [InlineData(Roles.Integration, true)]
    [InlineData(Roles.Auditor, true)]
    [InlineData(Roles.OrganisationRepresentative, false)]
    public async Task A_contact_with_protected_identity_is_masked_for_those_who_need_not_see(string role, bool masked)
    {
        var created = await register.RegisterAsync(Full());

        var read = await register.By(role, created.Name).GetOrganisationAsync(new GetOrganisationRequest { Name = created.Name });

        Assert.Equal((masked, masked ? "" : "Kim Exempel", masked ? "" : "+46 8 123 45 67"), (read.Contacts[1].Masked, read.Contacts[1].DisplayName, read.Contacts[1].Phone));
        Assert.Equal(("ordförande", true), (read.Contacts[1].Function, read.Contacts[1].ProtectedIdentity));
        Assert.Equal("kansli@exempel.se", read.Contacts[0].Email);
    }

    [Fact]
    public async Task Lists_batches_and_look_ups_mask_protected_contacts_even_for_case_officers()
    {
        var told = Full();
        told.DisplayName = "Maskeringens vänner";
        var created = await register.RegisterAsync(told);

        var listed = await register.Officer.ListOrganisationsAsync(new ListOrganisationsRequest { Parent = RegisterFixture.Here, Query = "maskeringens" });
        var looked = await register.Officer.LookupOrganisationAsync(new LookupOrganisationRequest { Parent = RegisterFixture.Here, OrganisationNumber = created.OrganisationNumber });
        var batch = await register.Officer.BatchGetOrganisationsAsync(new BatchGetOrganisationsRequest { Parent = RegisterFixture.Here, Names = { created.Name } });

        Assert.All([listed.Organisations.Single(o => o.Name == created.Name), looked, batch.Organisations.Single()], shown => Assert.Equal((true, ""), (shown.Contacts[1].Masked, shown.Contacts[1].DisplayName)));
    }

    [Fact]
    public async Task An_undertaking_is_set_by_the_municipality_alone()
    {
        var created = await register.RegisterAsync();
        var representative = register.By(Roles.OrganisationRepresentative, created.Name);
        created.UndertakingKey = "koncernen";
        var request = new UpdateOrganisationRequest { Organisation = created, UpdateMask = new() { Paths = { "undertaking_key" } } };

        await Refused.ForFieldAsync("organisation.undertaking_key", "FIELD_NOT_ALLOWED", () => representative.UpdateOrganisationAsync(request).ResponseAsync);
        Assert.Equal("koncernen", (await register.Officer.UpdateOrganisationAsync(request)).UndertakingKey);
    }

    [Fact]
    public async Task A_number_of_members_has_its_day_which_has_been()
    {
        var told = RegisterFixture.Sample();
        told.MemberCount = 120;
        await Refused.ForFieldAsync("organisation.member_count_date", "FIELD_REQUIRED", () => register.RegisterAsync(told));
        told.MemberCountDate = RegisterFixture.Today(2);
        await Refused.ForFieldAsync("organisation.member_count_date", "DATE_IN_FUTURE", () => register.RegisterAsync(told));
        told.MemberCountDate = RegisterFixture.Today();

        var registered = await register.RegisterAsync(told);

        await Refused.ForFieldAsync("organisation.member_count_date", "FIELD_REQUIRED", () => register.Officer.UpdateOrganisationAsync(new UpdateOrganisationRequest
        {
            Organisation = new Organisation { Name = registered.Name, Etag = registered.Etag, MemberCount = 121 },
            UpdateMask = new() { Paths = { "member_count", "member_count_date" } },
        }).ResponseAsync);
    }

    [Fact]
    public async Task A_suspended_organisation_is_no_party_until_it_is_reinstated()
    {
        var created = await register.RegisterAsync();

        var suspended = await SuspendAsync(created);
        Assert.Equal((Organisation.Types.State.Suspended, PartyEligibility.Suspended, "Stadgarna utreds"), (suspended.State, suspended.PartyEligibility, suspended.SuspensionReason));
        Assert.NotNull(suspended.SuspendTime);
        var refused = await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_STATE_NOT_ALLOWED", () => SuspendAsync(suspended));
        Assert.Equal(("SUSPENDED", "ACTIVE"), (refused.Metadata["state"], refused.Metadata["allowed"]));

        var reinstated = await ReinstateAsync(suspended);
        Assert.Equal((Organisation.Types.State.Active, PartyEligibility.Eligible, ""), (reinstated.State, reinstated.PartyEligibility, reinstated.SuspensionReason));
        await Refused.ByAsync(StatusCode.FailedPrecondition, "ORGANISATION_STATE_NOT_ALLOWED", () => ReinstateAsync(reinstated));
        var told = await register.Ear.OfAsync(created.Name, 2);
        Assert.Equal([("SUSPENDED", 2L), ("ELIGIBLE", 3L)], told.OfType<OrganisationEligibilityChanged>().Select(e => (e.PartyEligibility, e.Sequence)));
    }

    [Fact]
    public async Task Suspending_needs_a_reason_the_version_last_read_and_the_right_role()
    {
        var created = await register.RegisterAsync();
        var stale = created.Clone();
        stale.Etag = "\"1\"";

        await Refused.ForFieldAsync("reason", "FIELD_REQUIRED", () => SuspendAsync(created, ""));
        await Refused.ByAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => SuspendAsync(stale));
        foreach (var role in new[] { Roles.OrganisationRepresentative, Roles.Auditor, Roles.Integration, Roles.DecisionMaker })
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => SuspendAsync(created, by: register.By(role, created.Name)));
            await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", () => ReinstateAsync(created, register.By(role, created.Name)));
        }

        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => SuspendAsync(created, by: register.OfficerElsewhere));
        Assert.Equal(created, await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = created.Name }));
    }

    [Fact]
    public async Task Another_party_is_seen_by_what_a_party_needs_and_no_more()
    {
        var (mine, told) = (await register.RegisterAsync(), Full());
        var other = await register.RegisterAsync(told);
        var representative = register.By(Roles.OrganisationRepresentative, mine.Name);
        var request = new BatchGetOrganisationsRequest { Parent = RegisterFixture.Here, Names = { other.Name }, View = OrganisationView.Party };

        var seen = Assert.Single((await representative.BatchGetOrganisationsAsync(request)).Organisations);

        Assert.Equal(
            new Organisation
            {
                Name = other.Name,
                OrganisationNumber = other.OrganisationNumber,
                DisplayName = other.DisplayName,
                LegalForm = other.LegalForm,
                PartyEligibility = PartyEligibility.Eligible,
                State = Organisation.Types.State.Active,
                SigningStanding = SigningStanding.None,
            },
            seen);
        request.View = OrganisationView.Full;
        await Refused.ByAsync(StatusCode.PermissionDenied, "PARTY_NOT_ALLOWED", () => representative.BatchGetOrganisationsAsync(request).ResponseAsync);
    }

    private static Organisation Full()
    {
        var told = RegisterFixture.Sample();
        told.RelationHistory.Add(new RelationEntry { Kind = RelationKind.Grant, StartDate = RegisterFixture.Today(-3000), EndDate = RegisterFixture.Today(-2000), Description = "Verksamhetsbidrag" });
        told.RelationHistory.Add(new RelationEntry { Kind = RelationKind.Iop, StartDate = RegisterFixture.Today(-100) });
        told.ActRegistration = new ActRegistration { Status = ActStatus.Registered, StatusDate = RegisterFixture.Today(-300), CheckDate = RegisterFixture.Today() };
        told.Contacts.Add(new Contact { Function = "kansli", Email = "kansli@exempel.se" });
        told.Contacts.Add(new Contact { Function = "ordförande", DisplayName = "Kim Exempel", Phone = "+46 8 123 45 67", ProtectedIdentity = true });
        (told.ProfitDistributionNote, told.PublicControlNote, told.UndertakingKey) = ("Vinst stannar i verksamheten", "Kommunen utser ingen i styrelsen", "exempel-gruppen");
        return told;
    }

    private Task<Organisation> SuspendAsync(Organisation organisation, string reason = "Stadgarna utreds", OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? register.Officer).SuspendOrganisationAsync(new SuspendOrganisationRequest { Name = organisation.Name, Reason = reason, Etag = organisation.Etag }).ResponseAsync;

    private Task<Organisation> ReinstateAsync(Organisation organisation, OrganisationsService.OrganisationsServiceClient? by = null) =>
        (by ?? register.Officer).ReinstateOrganisationAsync(new ReinstateOrganisationRequest { Name = organisation.Name, Reason = "Utrett", Etag = organisation.Etag }).ResponseAsync;
}
