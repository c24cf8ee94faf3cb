Console.Error.WriteLine("No command yet.");
return 2;
