using Iop.Agreements.Domain;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>What the parties agree about their work, their money and the end, in the contract's form.</summary>
internal static class PartnershipMapping
{
    public static void AddPartnership(this V1.Agreement message, AgreementSummary agreement)
    {
        var terms = agreement.Terms;
        message.Domain = agreement.Origin.Domain;
        message.ImportSource = agreement.Origin.ImportSource;
        message.ChallengeCodes.AddRange(agreement.Origin.ChallengeCodes);
        message.TargetGroupCodes.AddRange(agreement.Origin.TargetGroupCodes);
        message.Exclusions.AddRange(terms.Exclusions);
        message.Commitments.AddRange(terms.Commitments.Select(said => new V1.Commitment { PartyId = said.PartyId, Kind = (V1.Commitment.Types.Kind)said.Kind, Text = said.Text }));
        message.Collaboration = terms.Collaboration.ToProto();
        message.Stakeholders.AddRange(terms.Stakeholders.Select(body => new V1.Stakeholder
        {
            Name = body.Name,
            Kind = (V1.Stakeholder.Types.Kind)body.Kind,
            Concern = body.Concern,
            ContactFunction = body.ContactFunction,
        }));
        message.Economy = terms.Economy.ToProto();
        message.Knowledge = new V1.KnowledgeTerms
        {
            Pilot = terms.Knowledge.Pilot,
            Gathered = terms.Knowledge.Gathered,
            How = terms.Knowledge.How,
            What = terms.Knowledge.What,
            Who = terms.Knowledge.Who,
        };
        message.Ending = terms.Ending.ToProto();
        message.Publicity = new V1.PublicityTerms
        {
            OslPartyIds = { terms.Parties.Where(terms.Publicity.IsUnderOsl).Select(party => party.PartyId) },
            Secrecy = terms.Publicity.Secrecy,
            Insight = terms.Publicity.Insight,
        };
        message.Entrustment = new V1.EntrustmentTerms
        {
            Service = terms.Entrustment.Service,
            Compensation = terms.Entrustment.Compensation,
            Overcompensation = terms.Entrustment.Overcompensation,
        };
        message.Annexes.AddRange(terms.Annexes.Select(annex => new V1.Annex
        {
            Heading = annex.Heading,
            Text = annex.Text,
            Document = annex.Document,
            FileName = annex.FileName,
            MediaType = annex.MediaType,
            Sha256 = annex.Sha256,
        }));
        message.DecisionRequired = terms.DecisionRequired;
        message.TextDecision = agreement.TextDecision?.ToProto();
    }

    public static V1.ContributionSum ToProto(this ContributionSum sum) => new()
    {
        Side = (Types.V1.PartySide)sum.Side,
        Year = sum.Year,
        Money = sum.Money.ToProto(),
        InKind = sum.InKind.ToProto(),
        VolunteerHours = sum.VolunteerHours,
    };

    /// <summary>
    /// What the events tell of the partnership, for overviews: to each municipality what itself and the organisations
    /// bring, so that no sum is counted by two.
    /// </summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="municipality">Code of the other municipality; empty for the lead.</param>
    public static AgreedPartnership ToPartnership(this Agreement agreement, string municipality = "") => new()
    {
        Domain = agreement.Origin.Domain,
        ChallengeCodes = agreement.Origin.ChallengeCodes,
        TargetGroupCodes = agreement.Origin.TargetGroupCodes,
        Contributions = [.. agreement.Terms.Contributions.Where(item => agreement.RemainingParties.Any(party => party.PartyId == item.PartyId && (party.Municipality == municipality || party.Side == PartySide.CivilSociety))).Select(item => new AgreedContribution
        {
            PartyId = item.PartyId,
            Side = agreement.Terms.PartyWith(item.PartyId)!.Side.ToUpperSnake(),
            Type = item.Type.ToUpperSnake(),
            Value = item.Value,
            Hours = item.Hours,
        })],
    };

    private static V1.Collaboration ToProto(this Collaboration work) => new()
    {
        ConvenerPartyId = work.ConvenerPartyId,
        Groups =
        {
            work.Groups.Select(group => new V1.Group
            {
                Kind = (V1.Group.Types.Kind)group.Kind,
                MeetingsPerYear = group.MeetingsPerYear,
                Members = { group.Members },
                Chair = group.Chair,
            }),
        },
        OfficerFunction = work.OfficerFunction,
        OfficerHoursPerMonth = work.OfficerHoursPerMonth,
        MunicipalRole = work.MunicipalRole,
    };

    private static V1.EconomyTerms ToProto(this EconomyTerms terms)
    {
        var message = new V1.EconomyTerms
        {
            OtherGrantsDisclosure = terms.OtherGrantsDisclosure,
            SurplusRule = (V1.EconomyTerms.Types.SurplusRule)terms.SurplusRule,
            CompensationBasis = terms.CompensationBasis,
            BudgetPlan = terms.BudgetPlan,
            VolunteerHourValue = terms.VolunteerHourValue == 0 ? null : terms.VolunteerHourValue.ToProto(),
        };
        if (terms.OtherGrantsAllowed is { } allowed)
        {
            message.OtherGrantsAllowed = allowed;
        }

        return message;
    }

    private static V1.EndingTerms ToProto(this EndingTerms terms) => new()
    {
        RenegotiationPartyIds = { terms.RenegotiationPartyIds },
        Notices = { terms.Notices.Select(notice => new V1.NoticeTerms { PartyId = notice.PartyId, Months = notice.Months }) },
        RescissionGrounds = { terms.RescissionGrounds },
        Hardship = terms.Hardship,
        Disputes = terms.Disputes,
        WindDown = terms.WindDown,
    };

    public static V1.TextDecision ToProto(this TextDecision decision) => new()
    {
        Outcome = (V1.TextDecision.Types.Outcome)decision.Outcome,
        Body = decision.Body,
        Date = decision.Date.ToProto(),
        ReferenceNumber = decision.ReferenceNumber,
        Reasons = decision.Reasons,
        TextHash = decision.TextHash,
        RecordedBy = decision.RecordedBy,
        BodyKind = (V1.TextDecision.Types.BodyKind)decision.BodyKind,
    };
}
