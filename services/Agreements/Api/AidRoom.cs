using Iop.Agreements.Domain;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Agreements.Api;

/// <summary>
/// Holds the de minimis aid that signing gives to the ceilings on the day itself: since the decision others may have given
/// aid too (law.md 2.2, where all is established before new aid is given). Without such aid nobody is asked.
/// </summary>
public sealed class AidRoom(FundingService.FundingServiceClient funding, AgreementDesk desk, Guest guest, CurrentCall call, TimeProvider time)
{
    /// <summary>
    /// A municipality asks its own register with its own token, so a guest's signature is held to what the guest gives; and
    /// a representative is answered for the organisations represented, each of which signs.
    /// </summary>
    /// <exception cref="Refusal">
    /// <c>DE_MINIMIS_EXCEEDED</c> where a ceiling would be passed, <c>AID_TABLE_ROW_MISSING</c> where nothing can be said.
    /// </exception>
    public async Task MustSufficeAsync(Agreement agreement, CancellationToken cancellation)
    {
        if (guest.Share is { } share)
        {
            if (share.Aid is { } own)
            {
                await MustSufficeAsync(share.NamesOf(agreement.Terms.Parties), own.Basis, own.Amount - share.ReportedAid, share.AgreementName, cancellation);
            }

            return;
        }

        if (agreement.Aid is { Amount: > 0 } aid)
        {
            // What the version in force gives has been granted, and the register counts it from its own day.
            var inForce = agreement.Amends is { } id ? await desk.HoldAsync(id, cancellation) : null;
            await MustSufficeAsync(agreement.Organisations, aid.Basis, aid.Beyond(inForce?.Aid), (inForce ?? agreement).Name, cancellation);
        }
    }

    private async Task MustSufficeAsync(IReadOnlyList<string> organisations, StateAidBasis basis, decimal more, string agreement, CancellationToken cancellation)
    {
        if (more <= 0)
        {
            return;
        }

        var caller = call.RequiredCaller;
        foreach (var organisation in organisations.Where(name => caller.SeesMunicipality || caller.Represents(name)))
        {
            var sum = await funding.SumDeMinimisAidAsync(new SumDeMinimisAidRequest
            {
                Name = organisation,
                Date = time.Today().ToProto(),
                AidKind = basis == StateAidBasis.SgeiDeMinimis ? AidKind.SgeiDeMinimis : AidKind.DeMinimis,
                ExtraAmount = more.ToProto(),
                Agreement = agreement,
            }, cancellationToken: cancellation);
            Judge(sum, organisation);
        }
    }

    private static void Judge(SumDeMinimisAidResponse sum, string organisation)
    {
        if (sum.Result == SumDeMinimisAidResponse.Types.Result.Exceeded)
        {
            throw Refusal.Precondition("DE_MINIMIS_EXCEEDED", organisation, ("organisation", organisation));
        }

        if (sum.Result != SumDeMinimisAidResponse.Types.Result.Within)
        {
            var days = sum.Missing.Select(row => row.Date.ToDateOnly()).Distinct().Order();
            throw Refusal.Precondition("AID_TABLE_ROW_MISSING", organisation, ("days", string.Join(", ", days.Select(Phrases.Date))));
        }
    }
}
