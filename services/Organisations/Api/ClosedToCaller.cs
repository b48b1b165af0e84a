using Iop.Platform.Identity;
using Iop.Sight;

namespace Iop.Organisations.Api;

/// <summary>
/// Leaves one who works for the municipality too without the organisations that the register has closed. Those who only
/// represent are told at the door that it has ended. Source: docs/decisions/0009-representatives-two-words.md.
/// </summary>
internal sealed class ClosedToCaller : RepresentationNarrowing
{
    protected override bool Concerns(Caller caller) => caller.SeesMunicipality;

    protected override Task<IEnumerable<string>> ClosedToAsync(Caller caller, IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<RegisterDoor>().ClosedNamesAsync(cancellation);
}
