using Iop.Eligibility.Domain.Cases;
using Iop.Organisations.V1;
using Iop.Platform.Errors;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <content>What organisations are given beside the partnership.</content>
public sealed partial class OrganisationRegister
{
    /// <summary>Holds de minimis aid granted on a day to what the organisations have had in the three years up to it (law.md 2.2).</summary>
    /// <exception cref="Refusal">
    /// <c>DE_MINIMIS_NOT_SHOWN</c> where a ceiling is passed, <c>AID_TABLE_ROW_MISSING</c> where nothing can be said.
    /// </exception>
    public async Task MustHaveRoomForAidAsync(Domain.Cases.Case @case, LegalAssessment assessment, DateOnly granted, CancellationToken cancellation)
    {
        var kind = assessment.StateAidBasis == StateAidBasis.SgeiDeMinimis ? AidKind.SgeiDeMinimis : AidKind.DeMinimis;
        foreach (var name in @case.Organisations)
        {
            var request = new SumDeMinimisAidRequest { Name = name, Date = granted.ToProto(), AidKind = kind, ExtraAmount = assessment.DeMinimisAmount?.ToProto() };
            var sum = await funding.SumDeMinimisAidAsync(request, cancellationToken: cancellation);
            if (sum.Result == SumDeMinimisAidResponse.Types.Result.Exceeded)
            {
                throw Refusal.Precondition("DE_MINIMIS_NOT_SHOWN", name, ("cause", Codes.Of(DeMinimisDoubt.Exceeded)));
            }

            if (sum.Result != SumDeMinimisAidResponse.Types.Result.Within)
            {
                var days = sum.Missing.Select(row => row.Date.ToDateOnly()).Distinct().Order();
                throw Refusal.Precondition("AID_TABLE_ROW_MISSING", name, ("days", string.Join(", ", days.Select(day => $"{day:yyyy-MM-dd}"))));
            }
        }
    }

    private async Task<IReadOnlyList<RegisteredFunding>> FundingAsync(string organisation, CancellationToken cancellation)
    {
        var found = new List<RegisteredFunding>();
        var request = new ListFundingDisclosuresRequest { Parent = organisation, PageSize = PageSize, Filter = "state = \"DISCLOSED\"" };
        do
        {
            var page = await funding.ListFundingDisclosuresAsync(request, cancellationToken: cancellation);
            found.AddRange(page.FundingDisclosures.Select(RegisterMapping.FundingOf));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return found;
    }
}
