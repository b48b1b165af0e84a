using Google.Protobuf.WellKnownTypes;
using Iop.Agreements.V1;
using Iop.Eligibility.V1;
using Iop.Types.V1;
using Finding = Iop.Agreements.V1.Finding;

namespace Iop.Journey;

/// <summary>The parties write the agreement together, and approve the same text.</summary>
public sealed class NegotiateAgreement(Stage stage)
{
    private const string Reasons = "Parterna har vägt in rekommendationen och kommit överens om något annat.";

    private static readonly string[] Terms = ["payment_plan", "contacts", "follow_up", "economy", "ends_without_notice", "public_signatories"];

    private AgreementsService.AgreementsServiceClient Officer => stage.People.Officer.Agreements;

    public async Task<Agreement> RunAsync(Case @case, CancellationToken cancellation)
    {
        var agreement = await WriteAsync(@case, cancellation);
        return await ApproveAsync(agreement, cancellation);
    }

    /// <summary>Draws the agreement up, fills in what the case does not say, and shares it.</summary>
    public async Task<Agreement> WriteAsync(Case @case, CancellationToken cancellation)
    {
        var agreement = await DrawUpAsync(@case, cancellation);
        agreement = await AgreeOnTermsAsync(agreement, cancellation);
        foreach (var section in agreement.Sections.Where(IsOpen).Select(section => section.SectionId).ToList())
        {
            agreement = await WriteSectionAsync(agreement, section, cancellation);
        }

        agreement = await Officer.ShareAgreementAsync(
            new ShareAgreementRequest { Name = agreement.Name, Etag = agreement.Etag, OfficialDocumentAcknowledged = true, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        stage.Tell("agreement shared", $"{agreement.State}");
        return agreement;
    }

    /// <summary>Draws the agreement up from the case.</summary>
    public async Task<Agreement> DrawUpAsync(Case @case, CancellationToken cancellation)
    {
        var agreement = await Officer.CreateAgreementAsync(
            new CreateAgreementRequest { Parent = stage.Parent, Agreement = new Agreement { Case = @case.Name }, RequestId = Stage.NewRequestId() },
            cancellationToken: cancellation);
        stage.Tell("agreement drawn up", agreement.Name);
        return agreement;
    }

    /// <summary>Lets every party approve the text that stands.</summary>
    public async Task<Agreement> ApproveAsync(Agreement agreement, CancellationToken cancellation)
    {
        agreement = await ApproveSectionsAsync(agreement, cancellation);
        agreement = await MotivateAsync(agreement, await CheckAsync(agreement, cancellation), cancellation);
        foreach (var party in agreement.Parties.Clone())
        {
            agreement = await ApproveForAsync(party, agreement, cancellation);
        }

        stage.Tell("text approved", $"{agreement.State} {agreement.TextHash[..12]}");
        return agreement;
    }

    /// <summary>Approves the text for one party.</summary>
    public async Task<Agreement> ApproveForAsync(Party party, Agreement agreement, CancellationToken cancellation) =>
        await Speaking(party).Agreements.ApproveTextAsync(
            new ApproveTextRequest
            {
                Name = agreement.Name,
                PartyId = party.PartyId,
                TextHash = agreement.TextHash,
                Etag = agreement.Etag,
                RequestId = Stage.NewRequestId(),
            },
            cancellationToken: cancellation);

    // Where the guideline asks each party to approve a section by itself, each does.
    private async Task<Agreement> ApproveSectionsAsync(Agreement agreement, CancellationToken cancellation)
    {
        var asked = stage.Pack.AgreementRules.Where(rule => rule.EachPartyApproves).SelectMany(rule => rule.Sections).ToHashSet();
        foreach (var (section, party) in agreement.Sections.Where(section => asked.Contains(section.Key) && !section.Skipped && section.Text.Length > 0).SelectMany(_ => agreement.Parties, (section, party) => (section, party)).ToList())
        {
            agreement = await Speaking(party).Agreements.ApproveSectionAsync(
                new ApproveSectionRequest { Name = agreement.Name, SectionId = section.SectionId, PartyId = party.PartyId, Etag = section.Etag, RequestId = Stage.NewRequestId() },
                cancellationToken: cancellation);
        }

        return agreement;
    }

    // A departure from what the guideline recommends stands for recorded reasons.
    private async Task<Agreement> MotivateAsync(Agreement agreement, IEnumerable<Finding> findings, CancellationToken cancellation)
    {
        foreach (var rule in findings.Where(finding => finding.NeedsMotivation).Select(finding => finding.RuleId).Distinct())
        {
            agreement = await Officer.MotivateDepartureAsync(
                new MotivateDepartureRequest { Name = agreement.Name, RuleId = rule, Text = Reasons, Etag = agreement.Etag, RequestId = Stage.NewRequestId() },
                cancellationToken: cancellation);
            stage.Tell("departure motivated", rule);
        }

        return agreement;
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(Agreement agreement, CancellationToken cancellation)
    {
        var check = await Officer.CheckAgreementAsync(new CheckAgreementRequest { Name = agreement.Name }, cancellationToken: cancellation);
        var blocking = check.Findings.Where(finding => finding.Severity == Finding.Types.Severity.Blocking).ToList();
        stage.Tell("agreement checked", $"{blocking.Count} blocking, {check.Findings.Count - blocking.Count} to consider");
        if (blocking.Count > 0)
        {
            throw new JourneyException(string.Join('\n', blocking.Select(finding => $"{finding.RuleId} {finding.SectionId}{finding.FieldPath}: {finding.Sentence.Sv}")));
        }

        return check.Findings;
    }

    private async Task<Agreement> AgreeOnTermsAsync(Agreement agreement, CancellationToken cancellation)
    {
        var terms = stage.Story.Agreement.Clone();
        terms.Name = agreement.Name;
        terms.Etag = agreement.Etag;

        // Intervals and dates came from the guideline; the parties add how, who and how it is paid for.
        var followUp = agreement.FollowUp.Clone();
        followUp.MergeFrom(terms.FollowUp);
        terms.FollowUp = followUp;

        // The budget plan came from the case; the parties add what the compensation is built on.
        var economy = agreement.Economy?.Clone() ?? new EconomyTerms();
        economy.MergeFrom(terms.Economy ?? new EconomyTerms());
        terms.Economy = economy;
        terms.PaymentPlan.AddRange(PaymentPlan.Of(agreement));
        foreach (var signatory in terms.PublicSignatories)
        {
            signatory.PersonRef = stage.Subject(signatory.PersonRef);
        }

        var changed = await Officer.UpdateAgreementAsync(
            new UpdateAgreementRequest { Agreement = terms, UpdateMask = new FieldMask { Paths = { Terms } }, RequestId = Stage.NewRequestId() },
            cancellationToken: cancellation);
        stage.Tell("terms agreed", $"{changed.StartDate.ToDate():yyyy-MM-dd} to {changed.EndDate.ToDate():yyyy-MM-dd}");
        return changed;
    }

    // A section that nothing is generated for, and that the case gave no first text.
    private static bool IsOpen(Section section) => section is { Generated: false, Text: "" };

    private async Task<Agreement> WriteSectionAsync(Agreement agreement, string sectionId, CancellationToken cancellation)
    {
        var section = agreement.Sections.First(section => section.SectionId == sectionId);
        if (stage.Story.Sections.TryGetValue(section.Key, out var text))
        {
            section = new Section { SectionId = sectionId, Etag = section.Etag, Text = text };
        }
        else if (section.Mode == Section.Types.Mode.Required)
        {
            // A guideline that the story does not know asks for more: what the parties have in common is said again.
            section = new Section { SectionId = sectionId, Etag = section.Etag, Text = stage.Story.Sections["activity"] };
        }
        else
        {
            section = new Section { SectionId = sectionId, Etag = section.Etag, Skipped = true, SkipReason = stage.Story.Sections["skipped"] };
        }

        return await Officer.UpdateSectionAsync(
            new UpdateSectionRequest { Name = agreement.Name, Section = section, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
    }

    private Services Speaking(Party party) => party.Side == PartySide.Public ? stage.People.Officer : stage.Representative(party.Organisation);
}
