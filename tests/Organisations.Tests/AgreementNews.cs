using Iop.Contracts.Events.Agreements;

namespace Iop.Organisations.Tests;

/// <summary>What Agreements tells of its agreements, as far as aid goes.</summary>
internal static class AgreementNews
{
    public static readonly DateOnly Day = new(2024, 3, 1);

    public static string NewAgreement() => $"{RegisterFixture.Here}/agreements/{Guid.CreateVersion7()}";

    public static AgreedAid? Aid(decimal amount, DateOnly day) => amount == 0 ? null : new AgreedAid { Kind = "DE_MINIMIS", Amount = amount, GrantDate = day };

    public static AgreedFollowUp FollowUp => new() { CheckInEveryMonths = 6, ReportEveryMonths = 12, EvaluationDate = Day.AddYears(1) };

    public static AgreementActivated Activated(string agreement, decimal amount, params string[] organisations) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = RegisterFixture.Municipality,
        Subject = agreement,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 10,
        Case = $"{RegisterFixture.Here}/cases/{Guid.CreateVersion7()}",
        GuidelinePack = $"{RegisterFixture.Here}/guidelinePacks/2024-1",
        Organisations = organisations,
        Version = 1,
        TextHash = "",
        StartDate = Day.AddDays(10),
        EndDate = Day.AddYears(2),
        FollowUp = FollowUp,
        Partnership = new AgreedPartnership(),
        Aid = Aid(amount, Day),
    };

    public static AgreementAmended Amended(string agreement, int version, decimal amount, DateOnly day, params string[] organisations) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = RegisterFixture.Municipality,
        Subject = agreement,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 20,
        Organisations = organisations,
        Version = version,
        TextHash = "",
        StartDate = Day.AddDays(10),
        EndDate = Day.AddYears(2),
        FollowUp = FollowUp,
        Partnership = new AgreedPartnership(),
        Aid = Aid(amount, day),
    };

    public static AgreementExtended Extended(string agreement, int version, decimal amount, params string[] organisations) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = RegisterFixture.Municipality,
        Subject = agreement,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 30,
        ExtensionNumber = 1,
        EndDate = Day.AddYears(3),
        EvaluationDate = Day.AddYears(2),
        Version = version,
        Organisations = organisations,
        FollowUp = FollowUp,
        Partnership = new AgreedPartnership(),
        Aid = Aid(amount, Day.AddMonths(8)),
    };

    public static PartyLeft Left(string agreement, DateOnly lastDay, params string[] remaining) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = RegisterFixture.Municipality,
        Subject = agreement,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 15,
        PartyId = "forening-2",
        LeavingMunicipality = "",
        LastDate = lastDay,
        Organisations = remaining,
        Partnership = new AgreedPartnership(),
    };

    public static AgreementEnded Ended(string agreement, string reason, DateOnly day) => new()
    {
        EventId = Guid.CreateVersion7(),
        Municipality = RegisterFixture.Municipality,
        Subject = agreement,
        OccurredAt = TimeProvider.System.GetUtcNow(),
        Sequence = 40,
        Reason = reason,
        EndDate = day,
    };
}
