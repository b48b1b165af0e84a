using Google.Protobuf.WellKnownTypes;
using Iop.Eligibility.V1;
using Iop.Organisations.V1;
using Iop.Types.V1;

namespace Iop.Journey;

/// <summary>The organisation opens a case, and the parties meet.</summary>
public sealed class PrepareCase(Stage stage)
{
    private const int DaysBetweenMeetings = 14;

    /// <summary>What each side declares when a partnership is meant.</summary>
    private static readonly DeclarationKind[] ByEveryParty =
        [DeclarationKind.NonMarketRelation, DeclarationKind.JointNeed, DeclarationKind.JointCommitment, DeclarationKind.SharedValues];

    private static readonly DeclarationKind[] ByOrganisations =
        [DeclarationKind.NotForProfit, DeclarationKind.DemocracyConditions, DeclarationKind.FormalConditions];

    public async Task<Case> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var opened = await OpenAsync(organisation, cancellation);
        return await MeetAsync(await CompleteFactsAsync(opened, cancellation), cancellation);
    }

    /// <summary>Opens the case on the organisation's initiative.</summary>
    public async Task<Case> OpenAsync(Organisation organisation, CancellationToken cancellation)
    {
        var opened = await stage.Representative(organisation.Name).Cases.CreateCaseAsync(
            new CreateCaseRequest { Parent = stage.Parent, Case = CaseOf(organisation), RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        stage.Tell("case opened", opened.Name);
        return opened;
    }

    /// <summary>
    /// The municipality declares and agrees for itself, as the organisation has done. What procurement law asks is the
    /// municipality's to say, where the story has it.
    /// </summary>
    private async Task<Case> CompleteFactsAsync(Case @case, CancellationToken cancellation)
    {
        var update = new UpdateCaseRequest
        {
            Case = new Case { Name = @case.Name, Etag = @case.Etag, ProcurementFacts = stage.Story.Case.ProcurementFacts },
            UpdateMask = new FieldMask { Paths = { "declarations", "goals", "procurement_facts" } },
            RequestId = Stage.NewRequestId(),
        };
        update.Case.Declarations.AddRange(@case.Declarations.Concat(@case.Parties.Where(party => party.Side == PartySide.Public).SelectMany(Declared)));
        update.Case.Goals.AddRange(stage.Story.Case.Goals);
        return await stage.People.Officer.Cases.UpdateCaseAsync(update, cancellationToken: cancellation);
    }

    /// <summary>Records the dialogue, the latest meeting today.</summary>
    public async Task<Case> MeetAsync(Case @case, CancellationToken cancellation)
    {
        var meetings = stage.Story.Dialogue;
        for (var i = 0; i < meetings.Count; i++)
        {
            var entry = meetings[i].Clone();
            entry.Date = Calendar.Today.AddDays(-DaysBetweenMeetings * (meetings.Count - 1 - i)).ToProto();
            @case = await stage.People.Officer.Cases.RecordDialogueAsync(
                new RecordDialogueRequest { Name = @case.Name, Entry = entry, Etag = @case.Etag, RequestId = Stage.NewRequestId() }, cancellationToken: cancellation);
        }

        stage.Tell("dialogue recorded", $"{@case.DialogueEntries.Count} meetings");
        return @case;
    }

    private Case CaseOf(Organisation organisation)
    {
        var @case = stage.Story.Case.Clone();
        @case.Organisation = organisation.Name;
        @case.ProcurementFacts = null;
        @case.InitiativeDate = Calendar.Today.AddMonths(-3).ToProto();
        @case.PlannedStartDate = Calendar.Today.ToProto();
        foreach (var party in @case.Parties.Where(party => party.Side == PartySide.CivilSociety))
        {
            party.Organisation = organisation.Name;
        }

        var own = @case.Parties.Where(party => party.Side == PartySide.CivilSociety).ToList();
        @case.Declarations.Clear();
        @case.Declarations.AddRange(stage.Story.Case.Declarations.Concat(own.SelectMany(Declared)).Where(declaration => own.Exists(party => party.PartyId == declaration.PartyId)));
        foreach (var goal in @case.Goals)
        {
            var consents = goal.AgreedPartyIds.Where(id => own.Exists(party => party.PartyId == id)).ToList();
            goal.AgreedPartyIds.Clear();
            goal.AgreedPartyIds.AddRange(consents);
        }

        return @case;
    }

    private static IEnumerable<Declaration> Declared(Party party) =>
        (party.Side == PartySide.CivilSociety ? [.. ByEveryParty, .. ByOrganisations] : ByEveryParty)
            .Select(kind => new Declaration { PartyId = party.PartyId, Kind = kind, DeclareDate = Calendar.Today.ToProto() });
}
