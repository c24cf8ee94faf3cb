using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Vrs.Grains.Effects;

/// <summary>
/// Tells others how things stand: however often it is asked meanwhile, one telling follows the other, and the last one
/// tells the latest. One that failed is tried again, since there may never be another change: the end of a call is
/// its last. For views that pages show; they are told again when a grain is activated.
/// </summary>
internal sealed class LatestWins
{
    private readonly Func<Task> _tell;
    private readonly ILogger _log;
    private readonly IGrainTimer _timer;
    private long? _version;
    private bool _again;
    private bool _telling;
    private int _failures;

    /// <summary>Makes one, not started.</summary>
    /// <param name="timer">Makes a grain timer that may interleave.</param>
    /// <param name="tell">Tells how things stand when it is called.</param>
    /// <param name="log">Told of failures.</param>
    public LatestWins(Func<Func<CancellationToken, Task>, IGrainTimer> timer, Func<Task> tell, ILogger log)
    {
        _tell = tell;
        _log = log;
        _timer = timer(_ => Run());
    }

    /// <summary>Things may have changed; the same version is told once.</summary>
    /// <param name="version">Rises with every change.</param>
    public void Changed(long version)
    {
        if (_version == version)
        {
            return;
        }

        _version = version;
        _again = true;
        if (!_telling)
        {
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Run()
    {
        if (_telling)
        {
            return;
        }

        _telling = true;
        try
        {
            while (_again)
            {
                _again = false;
                await _tell();
                _failures = 0;
            }
        }
        catch (Exception exception)
        {
            OutboxLog.TellingFailed(_log, exception);
            _again = true;
            _timer.Change(EffectPacing.Default.Pause(++_failures), Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _telling = false;
        }
    }
}
