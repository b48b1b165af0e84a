using Grpc.Core;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.Domain.Memo;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;

namespace Iop.Eligibility.Api;

/// <content>What a guideline says to those who have never heard of a partnership.</content>
public sealed partial class GuidelinesApi
{
    private const string SheetSuffix = "/informationSheet";

    [Access(Roles.CaseOfficer, Roles.Lawyer, Roles.DecisionMaker, Roles.GuidelineOwner, Roles.OrganisationRepresentative, Roles.Integration, Roles.Auditor)]
    public override async Task<InformationSheet> GetInformationSheet(GetInformationSheetRequest request, ServerCallContext context)
    {
        var faults = new Faults();
        faults.Require(
            request.Name.EndsWith(SheetSuffix, StringComparison.Ordinal), "name", "RESOURCE_NAME_INVALID", ("pattern", $"{GuidelineVersion.NameOf(tenant.Required, "{version}")}{SheetSuffix}"));
        faults.Require(Enum.IsDefined(request.Format), "format", "ENUM_VALUE_REQUIRED");
        faults.ThrowIfAny();
        var version = await LoadAsync(request.Name[..^SheetSuffix.Length], context.CancellationToken);
        var sheet = new SheetWriter(packs.Of(version), body => Texts.Body(Codes.KeyOf(body)).Sv).Write();
        return sheet.ToSheet(version.Name, request.Format, time.Now());
    }
}
