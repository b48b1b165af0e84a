using System.Linq.Expressions;
using Iop.Agreements.Domain;
using Iop.Sight;

namespace Iop.Agreements.Api;

/// <summary>An agreement without its text: what a list reads, and what every answer begins with.</summary>
internal sealed record AgreementSummary : IMatterOfCommittees
{
    public static readonly Expression<Func<Agreement, AgreementSummary>> Projection = agreement => new AgreementSummary
    {
        Municipality = agreement.Municipality,
        Id = agreement.Id,
        CaseName = agreement.CaseName,
        PackName = agreement.PackName,
        State = agreement.State,
        DraftingSide = agreement.DraftingSide,
        Version = agreement.Version,
        Terms = agreement.Terms,
        Origin = agreement.Origin,
        Committees = agreement.Committees,
        CommitteesOnly = agreement.CommitteesOnly,
        TextDecision = agreement.TextDecision,
        TextHash = agreement.TextHash,
        Approvals = agreement.Approvals,
        Signatures = agreement.Signatures,
        FixedRequirements = agreement.FixedRequirements,
        Life = agreement.Life,
        SigningRounds = agreement.SigningRounds,
        SigningEvidence = agreement.SigningEvidence,
        ShareTime = agreement.ShareTime,
        TextAgreedTime = agreement.TextAgreedTime,
        ActivateTime = agreement.ActivateTime,
        CreateTime = agreement.CreateTime,
        UpdateTime = agreement.UpdateTime,
        Members = agreement.Members,
        RowVersion = agreement.RowVersion,
    };

    public static readonly Func<Agreement, AgreementSummary> Of = Projection.Compile();

    public required string Municipality { get; init; }

    public required Guid Id { get; init; }

    public required string CaseName { get; init; }

    public required string PackName { get; init; }

    public required AgreementState State { get; init; }

    public required PartySide DraftingSide { get; init; }

    public required int Version { get; init; }

    public required AgreementTerms Terms { get; init; }

    public required Origin Origin { get; init; }

    public required IReadOnlyList<string> Committees { get; init; }

    public required bool CommitteesOnly { get; init; }

    public required TextDecision? TextDecision { get; init; }

    public required string TextHash { get; init; }

    public required IReadOnlyList<Approval> Approvals { get; init; }

    public required IReadOnlyList<Signature> Signatures { get; init; }

    public required IReadOnlyList<SignatureRequirement> FixedRequirements { get; init; }

    public required AgreementLife Life { get; init; }

    public required IReadOnlyList<SigningRound> SigningRounds { get; init; }

    public required IReadOnlyList<SigningEvidence> SigningEvidence { get; init; }

    public required DateTimeOffset? ShareTime { get; init; }

    public required DateTimeOffset? TextAgreedTime { get; init; }

    public required DateTimeOffset? ActivateTime { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    public required DateTimeOffset UpdateTime { get; init; }

    public required IReadOnlyList<Member> Members { get; init; }

    public required uint RowVersion { get; init; }
}
