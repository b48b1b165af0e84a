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
    /// A municipality asks its own register with its own token, so a guest's word is held to what the guest gives; and
    /// a representative is answered for the organisations represented, each of which signs.
    /// </summary>
    /// <exception cref="Refusal">
    /// <c>DE_MINIMIS_EXCEEDED</c> where a ceiling would be passed, <c>AID_TABLE_ROW_MISSING</c> where nothing can be said.
    /// </exception>
    public async Task MustSufficeAsync(Agreement agreement, CancellationToken cancellation)
    {
        await foreach (var lack in LacksAsync(agreement, cancellation))
        {
            throw lack.Days.Length == 0
                ? Refusal.Precondition("DE_MINIMIS_EXCEEDED", lack.Organisation, ("organisation", lack.Organisation))
                : Refusal.Precondition("AID_TABLE_ROW_MISSING", lack.Organisation, ("days", lack.Days));
        }
    }

    /// <summary>The same for the check of a text that has not been signed, so that it is known before anyone signs.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(Agreement agreement, CancellationToken cancellation)
    {
        List<Finding> found = [];
        if (agreement.IsUnsigned)
        {
            await foreach (var (_, party, days) in LacksAsync(agreement, cancellation))
            {
                found.Add(days.Length == 0
                    ? new Finding("aid-exceeds-room", "law-de-minimis", Blocking: true, "", "contributions", ("party", party))
                    : new Finding("aid-room-unknown", "law-de-minimis", Blocking: true, "", "contributions", ("party", party), ("days", days)));
            }
        }

        return found;
    }

    private async IAsyncEnumerable<(string Organisation, string Party, string Days)> LacksAsync(
        Agreement agreement, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await GivenAsync(agreement, cancellation) is not { } given)
        {
            yield break;
        }

        var caller = call.RequiredCaller;
        foreach (var (organisation, party) in Receivers(agreement).Where(receiver => caller.SeesMunicipality || caller.Represents(receiver.Organisation)))
        {
            // To one that the version in force does not name, all of the aid is new.
            var more = given.Before.Contains(organisation) ? given.More : given.Aid.Amount;
            if (more <= 0)
            {
                continue;
            }

            var sum = await funding.SumDeMinimisAidAsync(new SumDeMinimisAidRequest
            {
                Name = organisation,
                Date = time.Today().ToProto(),
                AidKind = given.Aid.Basis == StateAidBasis.SgeiDeMinimis ? AidKind.SgeiDeMinimis : AidKind.DeMinimis,
                ExtraAmount = more.ToProto(),
                Agreement = given.Agreement,
            }, cancellationToken: cancellation);
            if (sum.Result == SumDeMinimisAidResponse.Types.Result.Exceeded)
            {
                yield return (organisation, party, "");
            }
            else if (sum.Result != SumDeMinimisAidResponse.Types.Result.Within)
            {
                var days = sum.Missing.Select(row => row.Date.ToDateOnly()).Distinct().Order();
                yield return (organisation, party, string.Join(", ", days.Select(Phrases.Date)) is { Length: > 0 } named ? named : Phrases.Date(time.Today()));
            }
        }
    }

    // What the version in force gives has been granted, and the register counts it from its own day: no more and no less. What was
    // given once and has been lowered since leaves room that others may have used.
    private async Task<Given?> GivenAsync(Agreement agreement, CancellationToken cancellation)
    {
        if ((guest.Share is { } share ? share.Aid : agreement.Aid) is not { Amount: > 0 } aid)
        {
            return null;
        }

        var inForce = agreement.Amends is { } id ? await desk.FindAmendedAsync(id, cancellation) : null;
        return new Given(
            aid,
            guest.Share?.AddedAid ?? aid.Beyond(inForce?.Aid),
            inForce is null ? [] : [.. Receivers(inForce).Select(receiver => receiver.Organisation)],
            guest.Share?.AgreementName ?? (inForce ?? agreement).Name);
    }

    private IEnumerable<(string Organisation, string Party)> Receivers(Agreement agreement) =>
        agreement.Terms.Parties.Where(party => party.Side == PartySide.CivilSociety)
            .Select(party => (guest.Share is { } share ? share.Organisations.FirstOrDefault(known => known.Number == party.OrganisationNumber)?.Name ?? "" : party.Organisation, party.DisplayName))
            .Where(receiver => receiver.Item1.Length > 0);

    private sealed record Given(DeMinimisAid Aid, decimal More, IReadOnlyList<string> Before, string Agreement);
}
