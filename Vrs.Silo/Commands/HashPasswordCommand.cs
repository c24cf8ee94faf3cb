using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>Makes the hash that an account in the configuration needs.</summary>
internal static class HashPasswordCommand
{
    /// <summary>Reads one line and prints its hash; the password never stands on a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Error.WriteAsync("Password: ".AsMemory(), stop);
        }

        var password = await Console.In.ReadLineAsync(stop);
        if (string.IsNullOrEmpty(password))
        {
            await Console.Error.WriteLineAsync("Give a password on standard input.".AsMemory(), stop);
            return ExitCode.Failed;
        }

        using var passwords = new Passwords(Options.Create(new AccountsOptions()));
        Console.WriteLine(passwords.Hash(password));
        return ExitCode.Done;
    }
}
