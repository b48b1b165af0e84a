using Grpc.Core;
using Iop.Organisations.V1;
using Iop.Testing;
using static Iop.Organisations.Tests.RepresentativeSteps;

namespace Iop.Organisations.Tests;

/// <summary>Several who leave their places to the same person at the same time.</summary>
[Collection(Register.Name)]
public sealed class HandoverRaceTests(RegisterFixture register)
{
    [Fact]
    public async Task Of_many_who_hand_over_to_the_same_person_at_once_one_does_and_the_rest_keep_their_places()
    {
        var (organisation, next) = ((await register.RegisterAsync()).Name, Person());
        var leaving = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
            await ConfirmAsync(register.Representatives, await register.ClaimAsync(organisation, Person()))));

        var attempts = leaving.Select(one => Task.Run(() => HandOverAsync(register.Representatives, one, next, "Alex Exempel"))).ToList();
        await Task.WhenAll(attempts.Select(attempt => attempt.ContinueWith(_ => { }, TaskScheduler.Default)));

        var done = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        var successor = await done;
        foreach (var late in attempts.Where(attempt => attempt != done))
        {
            var refused = await Refused.ByAsync(StatusCode.AlreadyExists, "REPRESENTATIVE_ALREADY_RECORDED", () => late);
            Assert.Equal(successor.Name, refused.Metadata["name"]);
        }

        var states = (await ListAsync(register.Representatives, organisation)).Representatives.CountBy(one => one.State).ToDictionary();
        Assert.Equal((6, 1), (states[Representative.Types.State.Confirmed], states[Representative.Types.State.Ended]));
    }
}
