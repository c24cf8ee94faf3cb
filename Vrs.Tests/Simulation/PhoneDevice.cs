using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Simulation;

/// <summary>A hearing person's phone: answers, is busy, declines, or nobody is there.</summary>
internal sealed class PhoneDevice(World world, UserId user) : Device(world, user)
{
    protected override async Task OnInvite(DeviceLeg leg, InviteLeg invite)
    {
        if (invite.TakesOver is null)
        {
            Report(leg, new LegRinging(invite.Leg.Number));
            await World.Time.Wait(World.Between(0.5, 6));
            if (World.IsStormy && Random.NextDouble() < World.Swarm.Unreachable)
            {
                int[] answers = [486, 603, 0];
                var answer = answers[Random.Next(answers.Length)];
                if (answer > 0)
                {
                    Reject(leg, answer);
                }

                return;
            }
        }

        Answer(leg, lateOffer: invite.Offer is null);
    }

    protected override void OnEstablished(DeviceLeg leg)
    {
        if (Random.Next(3) == 0)
        {
            StartAfter(World.Between(2, 40), () =>
            {
                HangUp(leg);
                return Task.CompletedTask;
            });
        }
    }
}
