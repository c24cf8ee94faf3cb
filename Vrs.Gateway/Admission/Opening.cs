using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Vrs.Gateway.Admission;

/// <summary>
/// The first words of a TLS connection. TLS is begun only for who says them: who opens connections and is silent, or
/// speaks something else, costs a socket and nothing more.
/// </summary>
internal static class Opening
{
    /// <summary>How long they may take; as long as Kestrel gives a whole handshake.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    // RFC 8446 section 5.1: a record of the handshake, its version, and its length; section 4: ClientHello.
    private const byte Handshake = 22;
    private const byte Major = 3;
    private const byte ClientHello = 1;
    private const int Length = 6;

    /// <summary>Waits for them; they are still to be read afterwards.</summary>
    public static async Task<bool> IsSaid(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var late = new CancellationTokenSource(Within);
        using var canceling = late.Token.UnsafeRegister(static pipe => ((PipeReader)pipe!).CancelPendingRead(), input);
        try
        {
            var read = await input.ReadAtLeastAsync(Length, CancellationToken.None);
            var isSaid = IsClientHello(read.Buffer);
            input.AdvanceTo(read.Buffer.Start);
            return isSaid;
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // The peer is gone, or gave way to those who came after her.
            return false;
        }
    }

    private static bool IsClientHello(ReadOnlySequence<byte> said)
    {
        if (said.Length < Length)
        {
            return false;
        }

        Span<byte> first = stackalloc byte[Length];
        said.Slice(0, Length).CopyTo(first);
        return first[0] == Handshake && first[1] == Major && first[^1] == ClientHello;
    }
}
