using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.FollowUp.V1;
using Iop.Journey;
using Iop.Testing;
using Iop.Types.V1;
using Case = Iop.Eligibility.V1.Case;
using Finding = Iop.Agreements.V1.Finding;

namespace Iop.EndToEnd;

/// <summary>Two municipalities of different guidelines and one organisation, from a case of each to one agreement that both follow up.</summary>
[Collection(SharedSuite.Name)]
public sealed class JointAgreementTests(Suite suite)
{
    private const string Neighbour = "grannkommunen";
    private const string Organisation = "organisationen";

    [Fact]
    public async Task Two_municipalities_and_an_organisation_enter_one_agreement_each_by_its_own_guideline()
    {
        var number = Told.NewNumber();
        var lead = await suite.StageAsync("1285", Told.Of("1285", number, "Föreningen Två Kommuner"));
        var other = await suite.StageAsync("0580", Told.Of("0580", number, "Föreningen Två Kommuner"));
        var (ours, theirs) = (await lead.DecidedAsync(), await other.DecidedAsync());
        var agreement = await DraftedAsync(lead, ours, other);

        // The other finds the invitation at home, reads, and joins with its own decision.
        agreement = await lead.People.Officer.Joint.InviteMunicipalityAsync(new InviteMunicipalityRequest
        {
            Name = agreement.Name,
            Municipality = other.Parent,
            PartyId = Neighbour,
            Message = "Ska vi göra det här ihop?",
            OfficialDocumentAcknowledged = true,
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        });
        var share = await Eventually.SomethingAsync(async () =>
            (await other.People.Officer.Joint.ListAgreementSharesAsync(new ListAgreementSharesRequest { Parent = other.Parent, Filter = "state = \"INVITED\"" })).AgreementShares.FirstOrDefault());
        Assert.Equal(agreement.TextHash, (await ReadAsync(other, share.Agreement)).TextHash);
        share = await other.People.Officer.Joint.JoinAgreementAsync(new JoinAgreementRequest { Name = share.Name, Case = theirs.Name, Etag = share.Etag, RequestId = Stage.NewRequestId() });
        Assert.Equal((theirs.Name, other.Pack.Name), (share.Case, share.GuidelinePack));

        // Neither sees the other's case, by whatever name.
        Assert.DoesNotContain(theirs.Name, $"{await ReadAsync(lead, agreement.Name)}", StringComparison.Ordinal);
        Assert.DoesNotContain(ours.Name, $"{await ReadAsync(other, share.Agreement)}", StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.PermissionDenied, "TENANT_NOT_ALLOWED", async () => await other.People.Officer.Cases.GetCaseAsync(new GetCaseRequest { Name = ours.Name }));

        agreement = await NegotiatedAsync(lead, other, agreement, share);
        agreement = await SignedAsync(lead, other, agreement, share);
        Assert.Equal(Agreement.Types.State.Active, agreement.State);

        // Each has a plan of its own in its own tenant, and evaluates; the agreement knows of both.
        foreach (var (stage, name) in new[] { (lead, agreement.Name), (other, share.Agreement) })
        {
            var seen = await ReadAsync(stage, name);
            var plan = await new FollowUpPartnership(stage).RunAsync(seen, Suite.Deadline());
            Assert.StartsWith($"{stage.Parent}/plans/", plan.Name, StringComparison.Ordinal);
            Assert.Equal(name, plan.Agreement);
        }

        await Eventually.IsAsync(2, async () => (await ReadAsync(other, share.Agreement)).Evaluations.Count);
        var summary = await other.People.Officer.FollowUp.GetMunicipalitySummaryAsync(new GetMunicipalitySummaryRequest { Parent = other.Parent });
        Assert.NotNull(summary);
    }

    [Fact]
    public async Task A_municipality_joins_what_is_in_force_through_a_new_version_and_its_own_follow_up_begins_then()
    {
        var number = Told.NewNumber();
        var lead = await suite.StageAsync("1285", Told.Of("1285", number, "Föreningen Först En Sedan Två"));
        var other = await suite.StageAsync("0580", Told.Of("0580", number, "Föreningen Först En Sedan Två"));
        var (ours, theirs) = (await lead.DecidedAsync(), await other.DecidedAsync());
        var agreement = await new SignAgreement(lead).RunAsync(await new NegotiateAgreement(lead).RunAsync(ours, Suite.Deadline()), Suite.Deadline());
        var plan = await new FollowUpPartnership(lead).PlanOfAsync(agreement, Suite.Deadline());

        var draft = await lead.People.Officer.Agreements.AmendAgreementAsync(new AmendAgreementRequest
        {
            Name = agreement.Name,
            PartyId = agreement.Parties.First(party => party.Side == PartySide.Public).PartyId,
            Reason = "Grannkommunen vill vara med.",
            Etag = agreement.Etag,
            RequestId = Stage.NewRequestId(),
        });
        draft = await WithNeighbourAsync(lead, draft, other);
        draft = await lead.People.Officer.Agreements.ShareAgreementAsync(new ShareAgreementRequest { Name = draft.Name, OfficialDocumentAcknowledged = true, Etag = draft.Etag, RequestId = Stage.NewRequestId() });
        draft = await lead.People.Officer.Joint.InviteMunicipalityAsync(new InviteMunicipalityRequest
        {
            Name = draft.Name,
            Municipality = other.Parent,
            PartyId = Neighbour,
            OfficialDocumentAcknowledged = true,
            Etag = draft.Etag,
            RequestId = Stage.NewRequestId(),
        });
        var share = await Eventually.SomethingAsync(async () =>
            (await other.People.Officer.Joint.ListAgreementSharesAsync(new ListAgreementSharesRequest { Parent = other.Parent, Filter = "state = \"INVITED\"" })).AgreementShares
                .FirstOrDefault(found => found.Draft.EndsWith(draft.Name.Split('/')[^1], StringComparison.Ordinal)));
        share = await other.People.Officer.Joint.JoinAgreementAsync(new JoinAgreementRequest { Name = share.Name, Case = theirs.Name, Etag = share.Etag, RequestId = Stage.NewRequestId() });
        var door = new AgreementShare(share) { Agreement = share.Draft };
        draft = await SignedAsync(lead, other, await NegotiatedAsync(lead, other, draft, door, draftedAnew: true), door);
        Assert.Equal(Agreement.Types.State.Adopted, draft.State);

        // The same agreement, in its second version, in both tenants; each has one plan of it.
        var inForce = await ReadAsync(other, share.Agreement);
        Assert.Equal((2, Agreement.Types.State.Active), (inForce.Version, inForce.State));
        var begun = await new FollowUpPartnership(other).PlanOfAsync(inForce, Suite.Deadline());
        Assert.Equal(share.Agreement, begun.Agreement);
        Assert.Equal(plan.Name, (await new FollowUpPartnership(lead).PlansOfAsync(await ReadAsync(lead, agreement.Name), Suite.Deadline())).Single().Name);
    }

    private static async Task<Agreement> DraftedAsync(Stage lead, Case ours, Stage other) =>
        await WithNeighbourAsync(lead, await new NegotiateAgreement(lead).WriteAsync(ours, Suite.Deadline()), other);

    private static async Task<Agreement> WithNeighbourAsync(Stage lead, Agreement agreement, Stage other)
    {
        var asked = agreement.Clone();
        asked.Parties.Add(new Party
        {
            PartyId = Neighbour,
            Side = PartySide.Public,
            PublicPartyKind = PublicPartyKind.OtherMunicipality,
            DisplayName = "Bildningsnämnden i grannkommunen",
            FundingSource = FundingSource.WithinFrame,
        });
        asked.Contributions.Add(new Contribution { PartyId = Neighbour, Type = ContributionType.Money, Value = new Money { Units = 300_000 }, Description = "Samordning" });
        asked.PaymentPlan.Add(new PaymentPlanItem { Amount = new Money { Units = 300_000 }, DueDate = asked.PaymentPlan[^1].DueDate, PayerPartyId = Neighbour, PayeePartyId = Organisation });
        asked.PublicSignatories.Add(new Signatory { PartyId = Neighbour, PersonRef = other.Subject("namndordforande"), DisplayName = "Nämndens ordförande", Role = "ordförande" });
        return await lead.People.Officer.Agreements.UpdateAgreementAsync(new UpdateAgreementRequest
        {
            Agreement = asked,
            UpdateMask = new FieldMask { Paths = { "parties", "contributions", "payment_plan", "public_signatories" } },
            RequestId = Stage.NewRequestId(),
        });
    }

    private static async Task<Agreement> NegotiatedAsync(Stage lead, Stage other, Agreement agreement, AgreementShare share, bool draftedAnew = false)
    {
        // A word that only the other's guideline forbids stops the common text for both, by that guideline's rule.
        var read = await ReadAsync(other, share.Agreement);
        var activity = read.Sections.First(section => section is { Skipped: false, Generated: false, Text.Length: > 0 });
        read = await WriteAsync(other, read, activity.SectionId, $"{activity.Text} Föreningen ska följa kommunens detaljerade instruktioner i varje moment.");
        var check = await lead.People.Officer.Agreements.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name });
        Assert.Contains(check.Findings, finding => finding.RuleId == "li-crit-7-no-detailed-regulation" && finding.GuidelinePack == other.Pack.Name && finding.Severity == Finding.Types.Severity.Blocking);
        read = await WriteAsync(other, read, activity.SectionId, activity.Text);

        foreach (var section in read.Sections.Where(section => section is { Mode: Section.Types.Mode.Required, Skipped: false, Generated: false, Text: "" }).Select(section => section.SectionId).ToList())
        {
            read = await WriteAsync(other, read, section, "Det här beskriver vi tillsammans.");
        }

        check = await other.People.Officer.Agreements.CheckAgreementAsync(new CheckAgreementRequest { Name = share.Agreement });
        Assert.DoesNotContain(check.Findings, finding => finding.Severity == Finding.Types.Severity.Blocking);

        // The lead's guideline wants reasons for what is departed from, which a new version keeps; the other's does not.
        var open = check.Findings.Where(finding => finding.NeedsMotivation).ToList();
        Assert.Equal(draftedAnew ? 0 : 1, open.Count);
        foreach (var departure in open)
        {
            Assert.Equal(lead.Pack.Name, departure.GuidelinePack);
            await lead.People.Officer.Agreements.MotivateDepartureAsync(new MotivateDepartureRequest
            {
                Name = agreement.Name,
                RuleId = departure.RuleId,
                Text = "Kommunerna delar på arbetet.",
                Etag = (await ReadAsync(lead, agreement.Name)).Etag,
                RequestId = Stage.NewRequestId(),
            });
        }

        foreach (var party in read.Parties.Select(party => party.PartyId))
        {
            var (stage, name) = party == Neighbour ? (other, share.Agreement) : (lead, agreement.Name);
            read = await ReadAsync(stage, name);
            var speaking = party == Organisation ? lead.Representative(read.Parties.Single(found => found.PartyId == party).Organisation) : stage.People.Officer;
            await speaking.Agreements.ApproveTextAsync(new ApproveTextRequest { Name = name, PartyId = party, TextHash = read.TextHash, Etag = read.Etag, RequestId = Stage.NewRequestId() });
        }

        return await ReadAsync(lead, agreement.Name);
    }

    private static async Task<Agreement> SignedAsync(Stage lead, Stage other, Agreement agreement, AgreementShare share)
    {
        agreement = await lead.People.Officer.Agreements.StartSigningAsync(new StartSigningRequest { Name = agreement.Name, Etag = agreement.Etag, RequestId = Stage.NewRequestId() });
        while (SignAgreement.Next(agreement) is { } next)
        {
            if (next.PartyId == Neighbour)
            {
                var read = await ReadAsync(other, share.Agreement);
                await other.People.PublicSignatory("namndordforande").Agreements.SignAgreementAsync(
                    new SignAgreementRequest { Name = read.Name, PartyId = Neighbour, TextHash = read.TextHash, Etag = read.Etag, RequestId = Stage.NewRequestId() });
            }
            else
            {
                await new SignAgreement(lead).SignAsync(agreement, next, Suite.Deadline());
            }

            agreement = await ReadAsync(lead, agreement.Name);
        }

        return agreement;
    }

    private static async Task<Agreement> WriteAsync(Stage stage, Agreement agreement, string section, string text) =>
        await stage.People.Officer.Agreements.UpdateSectionAsync(new UpdateSectionRequest
        {
            Name = agreement.Name,
            Section = new Section { SectionId = section, Text = text, Etag = agreement.Sections.Single(found => found.SectionId == section).Etag },
            RequestId = Stage.NewRequestId(),
        });

    private static async Task<Agreement> ReadAsync(Stage stage, string name) =>
        await stage.People.Officer.Agreements.GetAgreementAsync(new GetAgreementRequest { Name = name, View = AgreementView.Full });
}
