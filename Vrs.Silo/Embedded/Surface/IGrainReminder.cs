namespace Orleans.Runtime;

/// <summary>A reminder in the reminder table.</summary>
public interface IGrainReminder
{
    /// <summary>Its name within the grain.</summary>
    string ReminderName { get; }
}
