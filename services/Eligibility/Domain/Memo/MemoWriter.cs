using Iop.Eligibility.Domain.Assessment;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Law;

namespace Iop.Eligibility.Domain.Memo;

/// <summary>
/// Writes the memorandum from the record alone: no word of it is guessed, and what is not recorded is said to be missing.
/// </summary>
/// <param name="pack">The pack that the case has pinned.</param>
/// <param name="bodyName">What a kind of decision body is called.</param>
/// <param name="thresholds">The thresholds of procurement law in force.</param>
public sealed partial class MemoWriter(Case @case, GuidelinePack pack, Func<DecisionBody, string> bodyName, Thresholds thresholds, DateOnly today)
{
    private readonly CaseContent _facts = @case.Facts;

    // A completed assessment is what was assessed; until then the case is tried as it stands.
    private readonly Evaluation _evaluation = @case.PreliminaryAssessment?.Evaluation ?? @case.Evaluate(pack, thresholds);

    public Memorandum Write() => new(
        MemoTexts.Of("form.title", _facts.Title),
        [.. Heading()],
        [
            Proposal(), Initiative(), Parties(), Need(), Goals(), Dialogue(), Assessment(), Routing(), .. Legal(), Particular(), Economy(), Hearing(), Basis(),
        ]);

    private IEnumerable<MemoFact> Heading()
    {
        MemoFact Fact(string label, string value) => new(MemoTexts.Of($"heading.{label}"), OrMissing(value));

        yield return Fact("caseReference", _facts.CaseReference);
        yield return Fact("body", Body);
        yield return Fact("date", Swedish.Date(today));
        yield return Fact("guideline", MemoTexts.Of("heading.guidelineVersion", pack.Title.Sv, pack.Version));
        yield return Fact("state", Words.For(@case.State).Sv);
    }

    // Until someone has decided, it is the committee that leads the public side; failing that, the kind of body that decides.
    private string Body => @case.Decision?.Body
        ?? pack.Committees?.NameOf(@case.ResponsibleCommittee)?.Sv
        ?? _facts.Parties.FirstOrDefault(party => party is { Lead: true, Kind: PublicPartyKind.Committee })?.DisplayName
        ?? bodyName(pack.Decision.Body);

    private MemoSection Proposal()
    {
        var section = new SectionDraft("proposal");
        if (@case.Decision is { } decision)
        {
            section.Say("made", decision.Body, Swedish.Date(decision.Date), Words.For(decision.Outcome).Sv)
                .Say("cites", pack.Title.Sv, pack.Version)
                .Tell("reference", decision.ReferenceNumber)
                .TellIf("delegation", decision.Delegation)
                .Tell("reasons", decision.Reasons)
                .SayIf(decision.PublishedOn is not null, "publishedOn", Day(decision.PublishedOn) ?? "");
            return (decision.FinalOn is { } day ? section.Say("finalOn", Swedish.Date(day)) : section.Say("finalUnknown")).Done("decided");
        }

        return @case.State switch
        {
            CaseState.Withdrawn => section.Say("withdrawn").TellIf("withdrawalReason", @case.WithdrawalReason).Done(),
            CaseState.DecisionPending or CaseState.Routed when @case.RoutedInstrument == Instrument.Iop => section
                .Say(@case.Proposal?.Outcome == DecisionOutcome.Declined ? "notEnter" : "enter", Body, Swedish.List([.. _facts.Parties.Where(party => party.Side == PartySide.Cso).Select(party => party.DisplayName)]))
                .Say("cites", pack.Title.Sv, pack.Version)
                .TellIf("proposed", @case.Proposal?.Reasons ?? "")
                .SayIf(@case.CurrentAssessment(LegalAssessmentKind.Full)?.Conclusion == LegalConclusion.IopPossibleWithReservations, "reservations")
                .Done(),
            CaseState.Routed => section.Say("otherInstrument", Words.For(@case.RoutedInstrument ?? Instrument.None).Sv).Done(),
            _ => section.Say("notYet").Done(),
        };
    }

    private MemoSection Hearing()
    {
        var section = new SectionDraft("hearing");
        section = @case.Decision switch
        {
            { OrganisationHeard: true, OrganisationHeardDate: { } day } => section.Say("heard", Swedish.Date(day)),
            { OrganisationHeard: true } => section.Say("heardUndated"),
            _ => section.Say("notHeard"),
        };
        return section
            .TellIf("returned", @case.ReturnReason)
            .TellIf("paused", @case.Pause?.Reason ?? "")
            .Table("asked", [.. AskedDocuments.Of(@case, today).Where(asked => IsShown(asked.Organisation)).Select(RowOf)])
            .Done();
    }

    private IReadOnlyList<string> RowOf(AskedDocument asked) =>
    [
        _facts.Parties.First(party => party.Organisation == asked.Organisation).DisplayName,
        pack.Documents.FirstOrDefault(document => document.Type == asked.Type)?.Text.Sv ?? asked.Type,
        Swedish.Number(asked.Askings.Count),
        OrNone(Day(asked.DueDate)),
        asked.Received is { } day ? MemoTexts.Of("form.onDay", Words.For(asked.State).Sv, Swedish.Date(day)) : Words.For(asked.State).Sv,
    ];

    // li-decision-basis-documents: a decision item lists the steering documents that the pack names.
    private MemoSection Basis()
    {
        var documents = pack.Documents.Where(document => document.Set == DocumentSet.DecisionBasis).Select(document => document.Text.Sv).ToList();
        var section = new SectionDraft("basis").Say("cites", pack.Title.Sv, pack.Version);
        if (pack.Adoption is { } adoption)
        {
            var body = bodyName(adoption.Body).ToLowerInvariant();
            section = adoption switch
            {
                { Date: { } day } => section.Say("adoptedDate", body, Swedish.Date(day)),
                { Year: { } year } => section.Say("adoptedYear", body, year),
                _ => section.Say("adopted", body),
            };
            section.TellIf("reference", adoption.ReferenceNumber ?? "");
        }

        // What the decision rests on is what it says itself; until then, what the pack asks for.
        if (@case.Decision is { BasisDocuments: { Count: > 0 } decided })
        {
            documents = [.. decided.Select(document => document.ReferenceNumber.Length > 0
                ? MemoTexts.Of("basis.numbered", document.Title, document.ReferenceNumber) : document.Title)];
        }

        // Who is partial is not told, only that the question has been asked and answered.
        var recused = @case.Conflicts.Count(conflict => conflict.Recused);
        section = @case.Conflicts.Count == 0 ? section.Say("noConflicts") : section.Say("conflicts", @case.Conflicts.Count, recused);
        if (pack.Compact is { } compact)
        {
            section.Say("compact", compact.Name.Sv).Table("compactStatements", [.. compact.Statements.Select<ScopeDomain, IReadOnlyList<string>>(statement => [statement.Text.Sv])]);
        }

        return section.Say(documents.Count > 0 ? "documents" : "noDocuments").List(documents).Done();
    }

    private static string OrMissing(string? value) => string.IsNullOrWhiteSpace(value) ? MemoTexts.Of("form.cellMissing") : value;

    private static string OrNone(string? value) => string.IsNullOrWhiteSpace(value) ? MemoTexts.Of("form.none") : value;

    private static string YesOrNo(bool value) => MemoTexts.Of(value ? "form.yes" : "form.no");

    private static string? Day(DateOnly? date) => date is { } day ? Swedish.Date(day) : null;
}
