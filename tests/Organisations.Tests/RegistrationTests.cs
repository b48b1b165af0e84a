using System.Collections.Concurrent;
using Grpc.Core;
using Iop.Contracts.Events.Organisations;
using Iop.Organisations.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Organisations.Tests;

/// <summary>Registering an organisation.</summary>
[Collection(Register.Name)]
public sealed class RegistrationTests(RegisterFixture register)
{
    [Fact]
    public async Task A_registered_organisation_reads_back_as_it_was_told()
    {
        var told = RegisterFixture.Sample();
        told.DisplayName = "  Råå Kulturförening ";
        told.PurposeStatement = "Lokal historia";
        told.FoundedDate = new() { Year = 1975, Month = 5, Day = 1 };
        told.ActiveInMunicipality = true;
        told.LocalActivity = "Museum";
        told.DistributesProfit = false;
        told.DemocraticallyGoverned = true;
        told.ActivityHistory = "1975";
        told.MemberCount = 120;
        told.MemberCountDate = RegisterFixture.Today(-3);
        told.NextAnnualMeetingDate = RegisterFixture.Today(90);

        var created = await register.RegisterAsync(told);
        var read = await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = created.Name });

        Assert.Equal(created, read);
        Assert.Matches("^municipalities/1283/organisations/[0-9a-f-]{36}$", created.Name);
        Assert.Equal((PartyEligibility.Eligible, Organisation.Types.State.Active, false), (created.PartyEligibility, created.State, created.HasPubliclyControlled));
        told.MergeFrom(new Organisation
        {
            Name = created.Name,
            DisplayName = "Råå Kulturförening",
            PartyEligibility = created.PartyEligibility,
            State = created.State,
            CreateTime = created.CreateTime,
            UpdateTime = created.UpdateTime,
            Etag = created.Etag,
        });
        Assert.Equal(told, created);
    }

    [Theory]
    [InlineData(5, LegalForm.ProfitLimitedCompany, PartyEligibility.NeedsStatutesCheck)]
    [InlineData(7, LegalForm.EconomicAssociation, PartyEligibility.NeedsStatutesCheck)]
    [InlineData(8, LegalForm.Foundation, PartyEligibility.Eligible)]
    public async Task The_group_of_the_number_decides_eligibility(int group, LegalForm form, PartyEligibility expected)
    {
        var organisation = RegisterFixture.Sample(RegisterFixture.NewNumber(group));
        organisation.LegalForm = form;

        Assert.Equal(expected, (await register.RegisterAsync(organisation)).PartyEligibility);
    }

    [Theory]
    [InlineData("", "FIELD_REQUIRED")]
    [InlineData("89999", "ORGANISATION_NUMBER_FORMAT")]
    [InlineData("899999-0017", "ORGANISATION_NUMBER_CHECK_DIGIT")]
    [InlineData("222999-0011", "ORGANISATION_NUMBER_GROUP")]
    [InlineData("121212-1212", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    [InlineData("121212-1213", "PERSONAL_IDENTITY_NUMBER_REFUSED")]
    public async Task A_bad_number_is_refused_for_its_reason_and_nothing_is_kept(string number, string reason)
    {
        var before = await register.CountAsync("organisation", "true");

        await Refused.ForFieldAsync("organisation.organisation_number", reason, () => register.RegisterAsync(RegisterFixture.Sample(number)));

        Assert.Equal(before, await register.CountAsync("organisation", "true"));
    }

    [Theory]
    [InlineData("310303-0303")]
    [InlineData("310363-0303")]
    public async Task A_personal_identity_number_is_neither_logged_nor_told(string number)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => register.RegisterAsync(RegisterFixture.Sample(number)));

        var told = $"{exception} {string.Join(' ', exception.Trailers.Select(t => t.IsBinary ? System.Text.Encoding.UTF8.GetString(t.ValueBytes) : t.Value))}";
        Assert.All(new[] { number, number.Replace("-", "", StringComparison.Ordinal) }, form =>
        {
            Assert.DoesNotContain(form, told, StringComparison.Ordinal);
            Assert.DoesNotContain(register.Errors.Lines, line => line.Contains(form, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Every_field_at_fault_is_told_at_once()
    {
        var organisation = new Organisation
        {
            OrganisationNumber = "1",
            DisplayName = new string('a', 201),
            PurposeStatement = new string('a', 2001),
            LocalActivity = new string('a', 2001),
            ActivityHistory = new string('a', 1001),
            FoundedDate = RegisterFixture.Today(2),
            MemberCount = -1,
            MemberCountDate = new() { Year = 2026, Month = 2, Day = 30 },
            NextAnnualMeetingDate = new() { Year = 2026 },
        };

        var refused = await Refused.ByAsync(StatusCode.InvalidArgument, "INVALID_FIELDS", () => RegisterFixture.CreateAsync(register.Officer, organisation, "A"));

        Assert.Equal(
            [
                ("organisation.display_name", "TEXT_TOO_LONG"), ("organisation.legal_form", "ENUM_VALUE_REQUIRED"), ("organisation.purpose", "ENUM_VALUE_REQUIRED"),
                ("organisation.purpose_statement", "TEXT_TOO_LONG"), ("organisation.founded_date", "DATE_IN_FUTURE"), ("organisation.local_activity", "TEXT_TOO_LONG"),
                ("organisation.activity_history", "TEXT_TOO_LONG"), ("organisation.member_count", "NUMBER_OUT_OF_RANGE"), ("organisation.member_count_date", "DATE_INVALID"),
                ("organisation.next_annual_meeting_date", "DATE_INVALID"), ("organisation.organisation_number", "ORGANISATION_NUMBER_FORMAT"), ("organisation_id", "ORGANISATION_ID_INVALID"),
            ],
            refused.Fields);
    }

    [Fact]
    public Task A_parent_that_is_more_than_a_municipality_is_refused() =>
        Refused.ForFieldAsync("parent", "RESOURCE_NAME_INVALID", () => RegisterFixture.CreateAsync(register.Officer, RegisterFixture.Sample(), parent: $"{RegisterFixture.Here}/cases"));

    [Fact]
    public async Task A_caller_may_choose_the_last_part_of_the_name_once()
    {
        var chosen = await RegisterFixture.CreateAsync(register.Officer, RegisterFixture.Sample(), "dalasamtal-1");
        Assert.Equal($"{RegisterFixture.Here}/organisations/dalasamtal-1", chosen.Name);
        Assert.Equal(chosen, await register.Officer.GetOrganisationAsync(new GetOrganisationRequest { Name = chosen.Name }));

        var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "ORGANISATION_ID_TAKEN", () => RegisterFixture.CreateAsync(register.Officer, RegisterFixture.Sample(), "dalasamtal-1"));
        Assert.Equal(chosen.Name, refused.Metadata["name"]);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1abc")]
    [InlineData("ab_c")]
    [InlineData("Abcd")]
    [InlineData("-abc")]
    public Task A_last_part_of_the_wrong_form_is_refused(string id) =>
        Refused.ForFieldAsync("organisation_id", "ORGANISATION_ID_INVALID", () => RegisterFixture.CreateAsync(register.Officer, RegisterFixture.Sample(), id));

    [Fact]
    public async Task A_number_is_registered_once_in_a_municipality_however_it_is_written()
    {
        var first = await register.RegisterAsync();
        var digits = first.OrganisationNumber.Replace("-", "", StringComparison.Ordinal);

        var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "ORGANISATION_NUMBER_TAKEN", () => register.RegisterAsync(RegisterFixture.Sample($"16{digits}")));

        Assert.Equal(first.Name, refused.Metadata["name"]);
    }

    [Fact]
    public async Task A_number_may_be_registered_in_several_municipalities()
    {
        var here = await register.RegisterAsync();

        var there = await RegisterFixture.CreateAsync(register.OfficerElsewhere, RegisterFixture.Sample(here.OrganisationNumber), parent: RegisterFixture.Elsewhere);

        Assert.StartsWith(RegisterFixture.Elsewhere, there.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registration_is_told_in_an_event_and_kept_in_the_history()
    {
        var heard = new ConcurrentDictionary<string, OrganisationRegistered>();
        var listener = register.Services.GetRequiredService<IReceiveEndpointConnector>().ConnectReceiveEndpoint(
            $"test-{Guid.NewGuid():N}",
            (_, endpoint) => endpoint.Handler<OrganisationRegistered>(context =>
            {
                heard[context.Message.Subject] = context.Message;
                return Task.CompletedTask;
            }));
        await listener.Ready;

        var created = await register.RegisterAsync();

        await Eventually.IsAsync(1, () => Task.FromResult(heard.ContainsKey(created.Name) ? 1L : 0L));
        Assert.Equal((RegisterFixture.Municipality, 1L), (heard[created.Name].Municipality, heard[created.Name].Sequence));
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{created.Name}' AND number = 1 AND action LIKE '%CreateOrganisation'"));
        await listener.StopAsync();
    }

    [Fact]
    public async Task A_repeat_answers_as_the_first_and_raises_nothing_more()
    {
        var (organisation, id) = (RegisterFixture.Sample(), Guid.NewGuid().ToString());

        var first = await RegisterFixture.CreateAsync(register.Officer, organisation, requestId: id);
        var second = await RegisterFixture.CreateAsync(register.Officer, organisation, requestId: id);

        Assert.Equal(first, second);
        Assert.Equal(1, await register.CountAsync("revision", $"subject = '{first.Name}'"));
    }

    [Fact]
    public async Task A_request_id_with_other_content_is_refused()
    {
        var id = Guid.NewGuid().ToString();
        await RegisterFixture.CreateAsync(register.Officer, RegisterFixture.Sample(), requestId: id);

        await Refused.ByAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => RegisterFixture.CreateAsync(register.Officer, RegisterFixture.Sample(), requestId: id));
    }

    [Theory]
    [InlineData(Roles.CaseOfficer, true)]
    [InlineData(Roles.Integration, true)]
    [InlineData(Roles.OrganisationRepresentative, true)]
    [InlineData(Roles.Lawyer, false)]
    [InlineData(Roles.DecisionMaker, false)]
    [InlineData(Roles.GuidelineOwner, false)]
    [InlineData(Roles.Auditor, false)]
    [InlineData(Roles.Operator, false)]
    public async Task Some_may_register_and_others_not(string role, bool allowed)
    {
        var call = () => RegisterFixture.CreateAsync(register.By(role), RegisterFixture.Sample());
        if (allowed)
        {
            Assert.NotEmpty((await call()).Name);
        }
        else
        {
            await Refused.ByAsync(StatusCode.PermissionDenied, "SCOPE_MISSING", call);
        }
    }

    [Fact]
    public Task Nobody_registers_in_another_municipality() =>
        Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", () => RegisterFixture.CreateAsync(register.OfficerElsewhere, RegisterFixture.Sample()));
}
