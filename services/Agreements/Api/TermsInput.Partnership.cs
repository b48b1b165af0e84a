using Iop.Agreements.Domain;

namespace Iop.Agreements.Api;

/// <summary>What the parties agree about their work, their money and the end.</summary>
internal sealed partial class TermsInput
{
    private EconomyTerms Economy(V1.EconomyTerms terms) => new()
    {
        OtherGrantsAllowed = terms.HasOtherGrantsAllowed ? terms.OtherGrantsAllowed : null,
        OtherGrantsDisclosure = Text(terms.OtherGrantsDisclosure),
        SurplusRule = (SurplusRule)terms.SurplusRule,
        CompensationBasis = Text(terms.CompensationBasis),
        BudgetPlan = Text(terms.BudgetPlan),
        VolunteerHourValue = _faults.Money("agreement.economy.volunteer_hour_value", terms.VolunteerHourValue),
    };

    private static Commitment Commitment(V1.Commitment said) => new(said.PartyId, (CommitmentKind)said.Kind, Text(said.Text));

    private static Collaboration Collaboration(V1.Collaboration work) => new()
    {
        ConvenerPartyId = work.ConvenerPartyId,
        Groups = [.. work.Groups.Select(group => new Group((GroupKind)group.Kind, group.MeetingsPerYear, [.. group.Members.Select(Text)], Text(group.Chair)))],
        OfficerFunction = Text(work.OfficerFunction),
        OfficerHoursPerMonth = work.OfficerHoursPerMonth,
        MunicipalRole = Text(work.MunicipalRole),
    };

    private static Stakeholder Stakeholder(V1.Stakeholder body) => new(Text(body.Name), (StakeholderKind)body.Kind, Text(body.Concern), Text(body.ContactFunction));

    private static KnowledgeTerms Knowledge(V1.KnowledgeTerms terms) => new()
    {
        Pilot = terms.Pilot,
        Gathered = terms.Gathered,
        How = Text(terms.How),
        What = Text(terms.What),
        Who = Text(terms.Who),
    };

    private static EndingTerms Ending(V1.EndingTerms terms) => new()
    {
        RenegotiationPartyIds = [.. terms.RenegotiationPartyIds],
        Notices = [.. terms.Notices.Select(notice => new NoticeTerms(notice.PartyId, notice.Months))],
        RescissionGrounds = [.. terms.RescissionGrounds.Select(Text)],
        Hardship = Text(terms.Hardship),
        Disputes = Text(terms.Disputes),
        WindDown = Text(terms.WindDown),
    };

    private static PublicityTerms Publicity(V1.PublicityTerms terms) => new()
    {
        OslPartyIds = [.. terms.OslPartyIds],
        Secrecy = Text(terms.Secrecy),
        Insight = Text(terms.Insight),
    };

    private static EntrustmentTerms Entrustment(V1.EntrustmentTerms terms) => new()
    {
        Service = Text(terms.Service),
        Compensation = Text(terms.Compensation),
        Overcompensation = Text(terms.Overcompensation),
    };
}
