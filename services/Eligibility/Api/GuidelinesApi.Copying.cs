using Grpc.Core;
using Iop.Eligibility.Domain.Guidelines;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Platform.Requests;
using Iop.Platform.Tenancy;

namespace Iop.Eligibility.Api;

/// <content>Beginning from another's guideline, or from the platform's baseline.</content>
public sealed partial class GuidelinesApi
{
    [Access(Roles.GuidelineOwner)]
    public override async Task<V1.GuidelinePack> CopyGuidelinePack(CopyGuidelinePackRequest request, ServerCallContext context)
    {
        ResourceName.MustBeMunicipality(request.Parent, tenant.Required);
        var faults = new Faults();
        faults.Require(
            request.Source == PackCopy.Baseline || GuidelineVersion.IsName(request.Source), "source", "RESOURCE_NAME_INVALID", ("pattern", GuidelineVersion.NameOf("{municipality}", "{version}")));
        var version = faults.Text("version", request.Version, MaxVersionLength, required: true);
        faults.Require(version.All(letter => char.IsAsciiDigit(letter) || letter == '-'), "version", "VERSION_FORMAT", ("sentence", "2024-1"));
        var validFrom = faults.Date("valid_from", request.ValidFrom, required: true) ?? default;
        faults.ThrowIfAny();
        var text = request.Source == PackCopy.Baseline ? PackCopy.BaselineText : await adopted.TextAsync(request.Source, context.CancellationToken);
        return await DraftAsync(PackCopy.Of(text, request.Source, tenant.Required, version, validFrom), context.CancellationToken);
    }
}
