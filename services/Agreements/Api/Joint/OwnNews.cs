using Iop.Agreements.Domain;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Agreements;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Agreements.Api;

/// <summary>
/// What one of the other municipalities is told of an agreement: with its own case, register, guideline, committees and aid, since what the
/// lead's assessment found is the lead's.
/// </summary>
internal static class OwnNews
{
    /// <param name="event">What happened, as the lead was told.</param>
    /// <param name="told">The agreement.</param>
    /// <param name="share">The share of the one who is told.</param>
    /// <param name="own">Its name of the agreement.</param>
    /// <param name="signed">The day on which it happened.</param>
    public static IntegrationEvent Of(IntegrationEvent @event, ToldAgreement told, AgreementShare share, string own, DateOnly signed)
    {
        var (partnership, organisations) = (told.Agreement.ToPartnership(share.Municipality), share.NamesOf([.. told.Agreement.RemainingParties]));
        var aid = share.Aid is { Amount: > 0 } given ? new AgreedAid { Kind = given.Basis.ToUpperSnake(), Amount = given.Amount, GrantDate = signed } : null;
        return @event switch
        {
            // For one who came in by this version the partnership begins with it.
            AgreementAmended amended when amended.Version == told.Member.FromVersion => Begun(amended.FollowUp, amended.Version),
            AgreementExtended extended when extended.Version == told.Member.FromVersion => Begun(extended.FollowUp, extended.Version),
            AgreementActivated activated => activated with
            {
                Case = share.CaseName,
                GuidelinePack = share.PackName,
                Organisations = organisations,
                FollowUp = Reminded(activated.FollowUp, told.Reminders),
                Partnership = partnership,
                Aid = aid,
                Committees = share.ToAgreedCommittees(),
            },
            AgreementAmended amended => amended with { Organisations = organisations, FollowUp = Reminded(amended.FollowUp, told.Reminders), Partnership = partnership, Aid = aid },
            AgreementExtended extended => extended with { Organisations = organisations, FollowUp = Reminded(extended.FollowUp, told.Reminders), Partnership = partnership, Aid = aid },
            PartyLeft left when left.LeavingMunicipality == share.Municipality => new AgreementEnded { Reason = Agreement.Word(AgreementState.Terminated), EndDate = left.LastDate },
            PartyLeft left => left with { Organisations = organisations, Partnership = partnership },
            DisputeOpened dispute => dispute with
            {
                Dispute = $"{share.AgreementName}/{Dispute.Collection}/{dispute.Dispute[(dispute.Dispute.LastIndexOf('/') + 1)..]}",
                Deviation = OwnOrNull(dispute.Deviation, share),
            },
            RenewalTalksRecorded talks => talks with { CheckIn = OwnOrNull(talks.CheckIn, share) },
            DisputeResolved dispute => dispute with { Agreement = own, Deviation = OwnOrNull(dispute.Deviation, share) },
            CommentAdded comment => comment with { Agreement = own },
            CommentResolved comment => comment with { Agreement = own },
            ProposalMade proposal => proposal with { Agreement = own },
            ProposalSettled proposal => proposal with { Agreement = own },
            AgreementDocumentReceived document => document with { Agreement = own },
            _ => @event,
        };

        AgreementActivated Begun(AgreedFollowUp agreed, int version)
        {
            var terms = told.Agreement.Terms.FromDay(signed);
            return new AgreementActivated
            {
                Case = share.CaseName,
                GuidelinePack = share.PackName,
                Organisations = organisations,
                Version = version,
                TextHash = told.Agreement.TextHash,
                StartDate = terms.StartDate!.Value,
                EndDate = terms.EndDate!.Value,
                FollowUp = Reminded(agreed, told.Reminders) with
                {
                    CheckInEveryMonths = terms.FollowUp.CheckInEveryMonths,
                    CheckInDates = terms.FollowUp.CheckInDates,
                    ReportEveryMonths = terms.FollowUp.ReportEveryMonths,
                    ReportDates = terms.FollowUp.ReportDates,
                },
                Partnership = partnership,
                Aid = aid,
                Committees = share.ToAgreedCommittees(),
            };
        }
    }

    // A deviation or a check-in stands in the follow-up of one municipality, and is named to nobody in another.
    private static string? OwnOrNull(string? item, AgreementShare share) =>
        item is not null && ResourceName.MunicipalityIn(item) == share.Municipality ? item : null;

    private static AgreedFollowUp Reminded(AgreedFollowUp agreed, ReminderRule? own) => own is null ? agreed : agreed with
    {
        ReminderDaysBefore = own.DaysBefore,
        ReminderDaysAfter = own.DaysAfter,
        EscalationDaysAfter = own.EscalationDaysAfter,
    };
}
